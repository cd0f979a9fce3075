import type { Caller } from '#platform/caller.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { attemptRules, minutesToWait } from './attempts.ts';
import { attemptStore } from './store-session.ts';

/** Under what an attempt is counted. */
export interface AttemptKeys {
  readonly mail: string;
  readonly address: string;
}

/**
 * Counts an attempt as failed before its password is looked at, so that attempts made in the same moment count each
 * other; {@link forgetAttempt} takes it back when the password was right.
 * @throws Refusal `too_many_attempts`
 */
export async function countAttempt(
  db: Database<'people'>,
  mail: string,
  caller: Caller,
  now: Date,
): Promise<AttemptKeys> {
  const keys = { mail: `mail ${mail.toLowerCase()}`, address: `address ${caller.address}` };
  const since = new Date(now.getTime() - attemptRules.windowMinutes * 60_000);
  const attempts = attemptStore(db);
  const failures = async (): Promise<readonly [number, number]> => [
    await attempts.failures(keys.mail, since),
    await attempts.failures(keys.address, since),
  ];
  // Asked before, so that whoever has to wait does not wait longer for having asked.
  let wait = minutesToWait(...(await failures()));
  if (wait === 0) {
    await attempts.addFailures(Object.values(keys), now);
    const [ofMail, ofAddress] = await failures();
    wait = minutesToWait(ofMail - 1, ofAddress - 1);
  }
  if (wait > 0) throw new Refusal('too_many_attempts', { minutes: wait });
  return keys;
}

/** The password was right: the mail address begins anew, and the network address is not charged for it. */
export async function forgetAttempt(db: Database<'people'>, keys: AttemptKeys, at: Date): Promise<void> {
  const attempts = attemptStore(db);
  await attempts.forgetFailures(keys.mail);
  await attempts.forgetOne(keys.address, at);
}
