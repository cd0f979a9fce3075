import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { MailKey, MailKeys } from '#mail/thread/mail-token.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { mailSettingStore } from './store-mail-settings.ts';

/** What each secret of the desk's mail is sealed for: it opens for its own mailbox and way only. */
export const mailUse = {
  incoming: (mailboxId: string): string => `desk.mailbox.incoming ${mailboxId}`,
  outgoing: (mailboxId: string): string => `desk.mailbox.outgoing ${mailboxId}`,
  oauth: (mailboxId: string): string => `desk.mailbox.oauth ${mailboxId}`,
  consent: (mailboxId: string): string => `desk.mailbox.consent ${mailboxId}`,
  listener: 'desk.mail_listener',
  key: (letter: string): string => `desk.mail_key ${letter}`,
};

export const oauthSecrets = z.object({ clientSecret: z.string(), refreshToken: z.string() });
export type OauthSecrets = z.infer<typeof oauthSecrets>;
export const consentSecrets = z.object({ deviceCode: z.string(), expiresAt: z.string() });

const keyBytes = 32;

/** The keys that sign tickets' ids, made at their first use. */
export async function mailKeys({
  transact,
  clock,
  vault,
}: {
  readonly transact: Transact<'desk'>;
  readonly clock: Clock;
  readonly vault: Vault;
}): Promise<MailKeys> {
  const found = await transact(async ({ db }) => {
    const store = mailSettingStore(db);
    const known = await store.keys();
    if (known.length > 0) return known;
    const secret = randomBytes(keyBytes).toString('base64');
    await store.addKey('a', vault.seal(secret, mailUse.key('a')), clock.now());
    return store.keys();
  });
  const [first, ...others] = found.map(({ letter, sealed }): MailKey => ({
    id: letter,
    secret: Buffer.from(vault.unseal(sealed, mailUse.key(letter)), 'base64'),
  }));
  if (first === undefined) throw new Error('there is no key to sign with');
  return [first, ...others];
}
