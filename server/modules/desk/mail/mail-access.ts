import type { MailTrouble } from '#contract/desk-mail-words.ts';
import type { OutgoingServer } from '#mail/send-message.ts';
import type { ImapAccess } from '#mail/transport/imap-access.ts';
import { googleTokens, microsoftTokens, refreshToken } from '#mail/transport/oauth-token.ts';
import type { MailParts } from './mail-parts.ts';
import { postJudged, reachOf } from './mail-reach.ts';
import { mailUse, oauthSecrets } from './mail-vault.ts';
import { mailboxStore, type MailboxRecord } from './store-mailboxes.ts';

/** Something that opens one way of a mailbox, or what hinders it. */
export type Access<Way> =
  | { readonly outcome: 'open'; readonly access: Way }
  | { readonly outcome: 'trouble'; readonly trouble: MailTrouble; readonly said: string };

const trouble = (what: MailTrouble, said = ''): { outcome: 'trouble'; trouble: MailTrouble; said: string } => ({
  outcome: 'trouble',
  trouble: what,
  said,
});

type TokenParts = Pick<MailParts, 'transact' | 'clock' | 'vault' | 'tokens'> & {
  readonly tokenUrl?: MailParts['tokenUrl'];
};

async function accessToken(
  { transact, clock, vault, tokens, tokenUrl }: TokenParts,
  mailbox: MailboxRecord,
  signal: AbortSignal,
): Promise<Access<string>> {
  const { id, oauth, oauthSealed, revision } = mailbox;
  if (oauth === null || oauthSealed === null) return trouble('consent_missing');
  const known = tokens.of(id, revision, clock.now());
  if (known !== null) return { outcome: 'open', access: known };
  const secrets = oauthSecrets.parse(JSON.parse(vault.unseal(oauthSealed, mailUse.oauth(id))));
  if (secrets.refreshToken === '') return trouble('consent_missing');
  const provider = oauth.provider === 'microsoft' ? microsoftTokens(oauth.tenant) : googleTokens;
  const source = {
    ...provider,
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    clientId: oauth.clientId,
    ...secrets,
  };
  const got = await refreshToken(source, postJudged, clock.now(), signal);
  if (got.outcome === 'refused') return trouble('consent_withdrawn', `${got.error} ${got.said}`.trim());
  if (got.outcome === 'unreachable') return trouble('unreachable', got.said);
  tokens.keep(id, { token: got.access.token, expiresAt: got.access.expiresAt, revision });
  // Microsoft gives a new one each time: the old one must not be used again.
  if (got.access.refreshToken !== secrets.refreshToken) {
    const sealed = vault.seal(JSON.stringify({ ...secrets, refreshToken: got.access.refreshToken }), mailUse.oauth(id));
    await transact((unit) => mailboxStore(unit.db).keepOauth(id, { oauthSealed: sealed }));
  }
  return { outcome: 'open', access: got.access.token };
}

/** What opens a mailbox for reading. */
export async function incomingAccess(
  parts: TokenParts,
  mailbox: MailboxRecord,
  signal: AbortSignal,
): Promise<Access<ImapAccess>> {
  const { incoming, incomingSealed, id } = mailbox;
  if (incoming === null) return trouble('not_set');
  const reached = await reachOf(incoming.host);
  if (reached.outcome === 'forbidden') return trouble('address_forbidden', reached.address);
  if (reached.outcome === 'unknown') return trouble('name_unknown', incoming.host);
  const token = incoming.signIn === 'oauth' ? await accessToken(parts, mailbox, signal) : null;
  if (token?.outcome === 'trouble') return token;
  return {
    outcome: 'open',
    access: {
      host: reached.address,
      serverName: reached.serverName,
      port: incoming.port,
      security: incoming.security,
      user: incoming.user,
      signIn:
        token === null
          ? {
              by: 'password',
              password: incomingSealed === null ? '' : parts.vault.unseal(incomingSealed, mailUse.incoming(id)),
            }
          : { by: 'token', accessToken: token.access },
      caPem: incoming.caPem,
      folder: incoming.folder,
      doneFolder: incoming.doneFolder === '' ? null : incoming.doneFolder,
    },
  };
}

/** What opens a mailbox's outgoing server. */
export async function outgoingAccess(
  parts: TokenParts,
  mailbox: MailboxRecord,
  signal: AbortSignal,
): Promise<Access<OutgoingServer>> {
  const { outgoing, outgoingSealed, id } = mailbox;
  if (outgoing === null) return trouble('not_set');
  const reached = await reachOf(outgoing.host);
  if (reached.outcome === 'forbidden') return trouble('address_forbidden', reached.address);
  if (reached.outcome === 'unknown') return trouble('name_unknown', outgoing.host);
  const token = outgoing.signIn === 'oauth' ? await accessToken(parts, mailbox, signal) : null;
  if (token?.outcome === 'trouble') return token;
  const password = outgoingSealed === null ? '' : parts.vault.unseal(outgoingSealed, mailUse.outgoing(id));
  return {
    outcome: 'open',
    access: {
      host: reached.address,
      serverName: reached.serverName,
      port: outgoing.port,
      security: outgoing.security,
      caPem: outgoing.caPem,
      signIn:
        token !== null
          ? { by: 'token', user: outgoing.user, accessToken: token.access }
          : outgoing.user === ''
            ? { by: 'nothing' }
            : { by: 'password', user: outgoing.user, password },
    },
  };
}
