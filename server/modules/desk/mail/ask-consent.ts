import {
  answerOfConsent,
  beginConsent,
  microsoftDeviceUrl,
  type ConsentAnswer,
} from '#mail/transport/device-consent.ts';
import { microsoftTokens } from '#mail/transport/oauth-token.ts';
import { Refusal } from '#platform/refusal.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { postJudged } from './mail-reach.ts';
import { consentSecrets, mailUse, oauthSecrets } from './mail-vault.ts';
import { mailboxStore, type MailboxRecord } from './store-mailboxes.ts';

async function known({ db }: MailParts, id: string): Promise<MailboxRecord> {
  return (await mailboxStore(db).get(id)) ?? Promise.reject(new Refusal('not_found'));
}

/** Asks Microsoft for a code by which somebody agrees to the access; what of it is a secret stays here. */
export async function askConsent(
  parts: MailParts,
  id: string,
  signal: AbortSignal,
): Promise<{ code: string | null; address: string; until: string | null; said: string }> {
  const { oauth } = await known(parts, id);
  // Google gives such codes for mail to nobody: its refresh token is typed.
  if (oauth === null || oauth.provider !== 'microsoft') throw new Refusal('not_in_this_state');
  const begun = await beginConsent(
    {
      deviceUrl: parts.tokenUrl ?? microsoftDeviceUrl(oauth.tenant),
      clientId: oauth.clientId,
      scope: microsoftTokens(oauth.tenant).scope,
    },
    postJudged,
    parts.clock.now(),
    signal,
  );
  if (begun.outcome === 'failed') return { code: null, address: '', until: null, said: begun.said };
  const { deviceCode, userCode, address, expiresAt } = begun.code;
  const until = expiresAt.toISOString();
  const sealed = parts.vault.seal(JSON.stringify({ deviceCode, expiresAt: until }), mailUse.consent(id));
  await parts.transact((unit) => mailboxStore(unit.db).keepConsent(id, sealed));
  return { code: userCode, address, until, said: '' };
}

/** Asks whether somebody has agreed; the token that it gives is sealed. */
export async function hearConsent(
  parts: MailParts,
  id: string,
  signal: AbortSignal,
): Promise<{ answer: ConsentAnswer['answer']; said: string }> {
  const { oauth, oauthSealed, consentSealed } = await known(parts, id);
  if (oauth === null || consentSealed === null) return { answer: 'expired', said: '' };
  const { vault, clock, transact } = parts;
  const begun = consentSecrets.parse(JSON.parse(vault.unseal(consentSealed, mailUse.consent(id))));
  if (new Date(begun.expiresAt) <= clock.now()) return { answer: 'expired', said: '' };
  const secrets =
    oauthSealed === null
      ? { clientSecret: '', refreshToken: '' }
      : oauthSecrets.parse(JSON.parse(vault.unseal(oauthSealed, mailUse.oauth(id))));
  const { tokenUrl } = microsoftTokens(oauth.tenant);
  const heard = await answerOfConsent(
    {
      tokenUrl: parts.tokenUrl ?? tokenUrl,
      clientId: oauth.clientId,
      clientSecret: secrets.clientSecret,
      deviceCode: begun.deviceCode,
    },
    postJudged,
    signal,
  );
  if (heard.answer !== 'agreed') return heard;
  const sealed = vault.seal(JSON.stringify({ ...secrets, refreshToken: heard.refreshToken }), mailUse.oauth(id));
  await transact(async (unit) => {
    await mailboxStore(unit.db).keepOauth(id, { oauthSealed: sealed, consentSealed: null });
    await unit.live('desk.mailbox', id);
    await unit.wake(mailDuty.watch);
  });
  return { answer: 'agreed', said: '' };
}
