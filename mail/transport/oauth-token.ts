import { z } from 'zod';

/** How to get access to a mailbox by OAuth 2.0 (RFC 6749, 6): a refresh token is exchanged for access tokens. */
export interface TokenSource {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** '' for a public client. */
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly scope: string;
}

/** Where Microsoft gives tokens for IMAP and SMTP; `tenant` is the directory's id, or "common". */
export function microsoftTokens(tenant: string): Pick<TokenSource, 'tokenUrl' | 'scope'> {
  return {
    tokenUrl: `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    scope: 'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
  };
}

/** Where Google does. */
export const googleTokens: Pick<TokenSource, 'tokenUrl' | 'scope'> = {
  tokenUrl: 'https://oauth2.googleapis.com/token',
  scope: 'https://mail.google.com/',
};

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** Microsoft gives a new one each time; the old one must not be used again. */
  readonly refreshToken: string;
}

export type TokenOutcome =
  | { readonly outcome: 'granted'; readonly access: AccessToken }
  /** A person has to sign in again: the consent was withdrawn or has expired. */
  | { readonly outcome: 'refused'; readonly error: string; readonly said: string }
  | { readonly outcome: 'unreachable'; readonly said: string };

/** Posts a form and gives the answer; the caller decides which addresses may be reached. */
export type PostForm = (
  url: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly text: string }>;

const granted = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().int().positive().max(10_000_000).default(3_600),
  refresh_token: z.string().max(20_000).optional(),
});
const refused = z.object({ error: z.string().max(200), error_description: z.string().default('') });
/** Errors that another attempt may not meet (RFC 6749, 4.1.2.1). */
const passing = new Set(['temporarily_unavailable', 'server_error']);
const longestSaid = 300;
const timeoutMs = 15_000;
/** A token is used no longer than until shortly before its end, so that none expires on the way. */
const marginMs = 120_000;

/** Exchanges the refresh token. Never rejects for what the other side does. */
export async function refreshToken(
  source: TokenSource,
  post: PostForm,
  now: Date,
  signal: AbortSignal,
): Promise<TokenOutcome> {
  const form = {
    grant_type: 'refresh_token',
    client_id: source.clientId,
    ...(source.clientSecret === '' ? {} : { client_secret: source.clientSecret }),
    refresh_token: source.refreshToken,
    scope: source.scope,
  };
  let answer: { readonly status: number; readonly text: string };
  try {
    answer = await post(source.tokenUrl, form, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  } catch (error) {
    return { outcome: 'unreachable', said: error instanceof Error ? error.message.slice(0, longestSaid) : '' };
  }
  const body = parseJson(answer.text);
  const ok = granted.safeParse(body);
  if (answer.status === 200 && ok.success) {
    const expiresAt = new Date(now.getTime() + Math.max(ok.data.expires_in * 1_000 - marginMs, 0));
    return {
      outcome: 'granted',
      access: { token: ok.data.access_token, expiresAt, refreshToken: ok.data.refresh_token ?? source.refreshToken },
    };
  }
  const no = refused.safeParse(body);
  if (no.success && answer.status < 500 && answer.status !== 429 && !passing.has(no.data.error))
    return { outcome: 'refused', error: no.data.error, said: no.data.error_description.slice(0, longestSaid) };
  return { outcome: 'unreachable', said: `HTTP ${answer.status}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const mostAnswerBytes = 200_000;

/** Posts by the runtime's own client, without following redirects. */
export const postForm: PostForm = async (url, form, signal) => {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'error', signal });
  const pieces: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = answer.body;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > mostAnswerBytes) break;
    pieces.push(piece);
  }
  return { status: answer.status, text: Buffer.concat(pieces).toString('utf8') };
};
