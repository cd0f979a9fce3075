import type { z } from 'zod';
import type { mailServer } from '#contract/notify.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { mailServerStore, type MailServerRecord } from './store-channels.ts';
import { deliveryStore } from './store-deliveries.ts';
import { deliverDuty } from './tell-ticket.ts';
import { mailServerUse } from './vault-uses.ts';

export type MailServer = z.infer<typeof mailServer>;

/** The mail server as it may be shown: whether it has a password, never which. */
export function shownMailServer({ passwordSealed, ...server }: MailServerRecord): MailServer {
  return { ...server, hasPassword: passwordSealed !== null };
}

/** Whether a password told for one server may be told to another: the same server, reached no less safely. */
export function keepsPassword(
  before: Pick<MailServerRecord, 'host' | 'security' | 'user'>,
  after: Pick<MailServerRecord, 'host' | 'security' | 'user'>,
): boolean {
  const sameServer = before.host.toLowerCase() === after.host.toLowerCase() && before.user === after.user;
  return sameServer && (after.security !== 'none' || before.security === 'none');
}

/**
 * Sets the outgoing mail server. A password that is left out stays while it is for the same server and user; an empty
 * one is forgotten. Waiting mail is tried at once.
 */
export function setMailServer(
  { transact, clock, vault }: { transact: Transact<'notify'>; clock: Clock; vault: Vault },
  { password, ...asked }: Omit<MailServerRecord, 'passwordSealed'> & { readonly password?: string | undefined },
): Promise<MailServer> {
  return transact(async ({ db, live, wake }) => {
    const servers = mailServerStore(db);
    const before = password === undefined ? await servers.get() : null;
    const kept = before !== null && keepsPassword(before, asked) ? before.passwordSealed : null;
    const passwordSealed = password === undefined || password === '' ? kept : vault.seal(password, mailServerUse);
    const server = { ...asked, passwordSealed };
    await servers.set(server);
    await deliveryStore(db).hurryMail(clock.now());
    await live('notify.channel', null);
    await wake(deliverDuty);
    return shownMailServer(server);
  });
}
