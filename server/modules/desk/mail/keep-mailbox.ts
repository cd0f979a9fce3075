import type { Mailbox, MailboxSettings } from '#contract/desk-mail-words.ts';
import { secretMark, type Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { mayMail, reachOf } from './mail-reach.ts';
import { tellWay } from './mail-trouble.ts';
import { mailUse, oauthSecrets, type OauthSecrets } from './mail-vault.ts';
import { mailboxStore, mostMailboxes, type MailboxRecord } from './store-mailboxes.ts';
import { settingStore } from '../many/store-settings.ts';

type Way = { readonly host: string; readonly port: number; readonly security: string; readonly user: string };

/** Whether a password told for one server may be told to another: the same server and user, reached no less safely. */
export function keepsPassword(before: Way | null, after: Way): boolean {
  return (
    before !== null &&
    before.host.toLowerCase() === after.host.toLowerCase() &&
    before.user === after.user &&
    (after.security !== 'none' || before.security === 'none')
  );
}

/** The password of one way as it is to be sealed; null for none. */
function sealedPassword(
  { vault }: Pick<MailParts, 'vault'>,
  use: string,
  {
    before,
    after,
    sealed,
    path,
  }: { before: Way | null; after: (Way & { readonly password: string }) | null; sealed: Buffer | null; path: string },
): Buffer | null {
  if (after === null || after.password === '') return null;
  if (after.password !== secretMark) return vault.seal(after.password, use);
  if (sealed !== null && !keepsPassword(before, after))
    throw new Refusal('secret_again', {}, [{ path, reason: 'secret_again' }]);
  return sealed;
}

function oauthOf(
  { vault }: Pick<MailParts, 'vault'>,
  known: MailboxRecord | null,
  { id, oauth, incoming, outgoing }: MailboxSettings & { readonly id: string },
): Pick<MailboxRecord, 'oauth' | 'oauthSealed' | 'consentSealed'> {
  if (oauth === null) return { oauth: null, oauthSealed: null, consentSealed: null };
  const { clientSecret, refreshToken, ...open } = oauth;
  const before: OauthSecrets | null =
    known === null || known.oauthSealed === null
      ? null
      : oauthSecrets.parse(JSON.parse(vault.unseal(known.oauthSealed, mailUse.oauth(id))));
  const wasFor = known?.oauth ?? null;
  const isSame =
    wasFor !== null &&
    wasFor.provider === open.provider &&
    wasFor.tenant === open.tenant &&
    wasFor.clientId === open.clientId;
  // A token made of the kept one is shown to the servers: it does not travel to others either.
  const goesElsewhere =
    (incoming?.signIn === 'oauth' && known?.incoming?.signIn === 'oauth' && !keepsPassword(known.incoming, incoming)) ||
    (outgoing?.signIn === 'oauth' && known?.outgoing?.signIn === 'oauth' && !keepsPassword(known.outgoing, outgoing));
  const kept = (name: keyof OauthSecrets, said: string): string => {
    if (said !== secretMark) return said;
    const value = before?.[name] ?? '';
    if (value !== '' && (!isSame || (name === 'refreshToken' && goesElsewhere)))
      throw new Refusal('secret_again', {}, [{ path: `oauth.${name}`, reason: 'secret_again' }]);
    return value;
  };
  const secrets: OauthSecrets = {
    clientSecret: kept('clientSecret', clientSecret),
    refreshToken: kept('refreshToken', refreshToken),
  };
  return { oauth: open, oauthSealed: vault.seal(JSON.stringify(secrets), mailUse.oauth(id)), consentSealed: null };
}

async function judgeHost(host: string): Promise<void> {
  const reached = await reachOf(host);
  // A name that leads nowhere yet is told by the test, and by the mailbox's state.
  if (reached.outcome === 'forbidden' || (reached.outcome === 'found' && !mayMail(reached.address)))
    throw new Refusal('address_forbidden', { address: reached.address });
}

function withoutPassword<Open extends { readonly password: string }>(open: Open | null): Omit<Open, 'password'> | null {
  if (open === null) return null;
  const { password: _password, ...rest } = open;
  return rest;
}

function mark(sealed: Buffer | null): string {
  return sealed === null ? '' : secretMark;
}

/** A mailbox as it may be shown: in place of each secret that is set, eight dots. */
export function shownMailbox(one: MailboxRecord, hasConsent: boolean, language: Language): Mailbox {
  const { incomingSealed, outgoingSealed, oauthSealed, consentSealed: _consent, revision: _revision, ...open } = one;
  return {
    ...open,
    incoming: open.incoming === null ? null : { ...open.incoming, password: mark(incomingSealed) },
    outgoing: open.outgoing === null ? null : { ...open.outgoing, password: mark(outgoingSealed) },
    oauth:
      open.oauth === null
        ? null
        : { ...open.oauth, clientSecret: mark(oauthSealed), refreshToken: hasConsent ? secretMark : '' },
    hasConsent,
    incomingState: tellWay(
      open.incoming === null ? { trouble: 'not_set', said: '', at: null } : open.incomingState,
      language,
    ),
    outgoingState: tellWay(
      open.outgoing === null ? { trouble: 'not_set', said: '', at: null } : open.outgoingState,
      language,
    ),
  };
}

/** Whether somebody agreed to the access: there is a token that tokens are made of. */
export function consentOf({ vault }: Pick<MailParts, 'vault'>, { id, oauthSealed }: MailboxRecord): boolean {
  if (oauthSealed === null) return false;
  return oauthSecrets.parse(JSON.parse(vault.unseal(oauthSealed, mailUse.oauth(id)))).refreshToken !== '';
}

/** What is asked, with all that is secret sealed. */
function sealedOf(
  parts: Pick<MailParts, 'vault'>,
  before: MailboxRecord | null,
  { id, ...asked }: MailboxSettings & { readonly id: string },
) {
  const { incoming, outgoing } = asked;
  return {
    ...asked,
    incoming: withoutPassword(incoming),
    incomingSealed: sealedPassword(parts, mailUse.incoming(id), {
      before: before?.incoming ?? null,
      after: incoming,
      sealed: before?.incomingSealed ?? null,
      path: 'incoming.password',
    }),
    outgoing: withoutPassword(outgoing),
    outgoingSealed: sealedPassword(parts, mailUse.outgoing(id), {
      before: before?.outgoing ?? null,
      after: outgoing,
      sealed: before?.outgoingSealed ?? null,
      path: 'outgoing.password',
    }),
    ...oauthOf(parts, before, { id, ...asked }),
  };
}

type Box = { readonly host: string; readonly user: string; readonly folder: string };

/** Whether another mailbox is read than before: how far that one was read says nothing of it. */
function isElsewhere(before: Box | null, after: Box | null): boolean {
  return before?.host !== after?.host || before?.user !== after?.user || before?.folder !== after?.folder;
}

/** Keeps a mailbox as it is asked for. Its servers are judged here, and again at each connection. */
export async function keepMailbox(
  parts: MailParts,
  { id, ...asked }: MailboxSettings & { readonly id: string },
): Promise<void> {
  const { transact, clock } = parts;
  const { incoming, outgoing } = asked;
  for (const way of [incoming, outgoing]) if (way !== null) await judgeHost(way.host);
  await transact(async (unit) => {
    const store = mailboxStore(unit.db);
    const settings = settingStore(unit.db);
    if (asked.teamId !== null && (await settings.team(asked.teamId)) === null) throw new Refusal('not_found');
    if (asked.categoryId !== null && (await settings.category(asked.categoryId)) === null)
      throw new Refusal('not_found');
    const before = await store.get(id);
    if (before === null && (await store.count()) >= mostMailboxes)
      throw new Refusal('desk_full', { most: mostMailboxes });
    const sealed = sealedOf(parts, before, { id, ...asked });
    const anew = isElsewhere(before?.incoming ?? null, incoming);
    const kept = await store.put(id, sealed, { at: clock.now(), anew });
    if (!kept) throw new Refusal('mail_taken', { mail: asked.address });
    await unit.live('desk.mailbox', id);
    await unit.wake(mailDuty.watch);
    await unit.wake(mailDuty.send);
  });
}
