import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Vault } from '#platform/vault.ts';
import { mailServerAccess } from './deliver.ts';
import type { Needs } from './needs.ts';
import { sendMail } from './send-mail.ts';
import { signInWording } from './wording.ts';

interface Parts {
  readonly db: Database<'notify'>;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly needs: Pick<Needs, 'signInLink'>;
  readonly demonstration: boolean;
}

/** Whoever waited so long has asked again. */
const tooLateMs = 15 * 60_000;

/**
 * Sends a link that signs in. It is made when it is sent, so that it lies nowhere but in that mail; it stands in no log of
 * notices either.
 */
export async function sendLink(parts: Parts, { id, at, payload }: Fact<'people.linkWanted'>): Promise<void> {
  const { clock, log, needs, demonstration } = parts;
  const now = clock.now();
  if (payload.personId === null || demonstration || now.getTime() - at.getTime() > tooLateMs) return;
  const server = await mailServerAccess(parts);
  if (server === null) {
    log.warn({}, 'a link to sign in was wanted, and no mail server is set');
    return;
  }
  const link = await needs.signInLink(payload.personId);
  if (link === null) return;
  const outcome = await sendMail(
    server,
    {
      id,
      thread: null,
      to: link.mail,
      phase: 'other',
      priority: 'normal',
      wording: signInWording(link.url, link.language),
      language: link.language,
      at: now,
    },
    AbortSignal.timeout(60_000),
  );
  if (outcome.end === 'later') throw new Error(`the link could not be sent yet: ${outcome.detail}`);
}
