import { z } from 'zod';
import type { PostForm } from './oauth-token.ts';

/** A code that a person types at the provider to agree to the access (RFC 8628). */
export interface DeviceCode {
  /** Ours; it is exchanged for tokens, so it is a secret. */
  readonly deviceCode: string;
  /** What the person types. */
  readonly userCode: string;
  readonly address: string;
  readonly expiresAt: Date;
}

export type ConsentBegun =
  | { readonly outcome: 'begun'; readonly code: DeviceCode }
  | { readonly outcome: 'failed'; readonly said: string };

export type ConsentAnswer =
  | { readonly answer: 'agreed'; readonly refreshToken: string }
  | { readonly answer: 'pending' | 'refused' | 'expired' | 'unreachable'; readonly said: string };

const begun = z.object({
  device_code: z.string().min(1).max(20_000),
  user_code: z.string().min(1).max(100),
  verification_uri: z.url({ protocol: /^https?$/u }).max(500),
  expires_in: z.coerce.number().int().positive().max(86_400).default(900),
});
const granted = z.object({ refresh_token: z.string().min(1).max(20_000) });
const refused = z.object({ error: z.string().max(200), error_description: z.string().default('') });
const longestSaid = 300;
const timeoutMs = 15_000;

/** Where Microsoft gives such codes. Google gives none for mail. */
export function microsoftDeviceUrl(tenant: string): string {
  return `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0/devicecode`;
}

async function posted(
  url: string,
  form: Readonly<Record<string, string>>,
  post: PostForm,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: unknown; readonly said: string }> {
  try {
    const { status, text } = await post(url, form, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    const body = parseJson(text);
    const no = refused.safeParse(body).data;
    return { status, body, said: (no?.error_description ?? no?.error ?? `HTTP ${status}`).slice(0, longestSaid) };
  } catch (error) {
    return { status: 0, body: null, said: error instanceof Error ? error.message.slice(0, longestSaid) : '' };
  }
}

/** Asks the provider for a code. Never rejects for what the other side does. */
export async function beginConsent(
  asked: { readonly deviceUrl: string; readonly clientId: string; readonly scope: string },
  post: PostForm,
  now: Date,
  signal: AbortSignal,
): Promise<ConsentBegun> {
  const form = { client_id: asked.clientId, scope: asked.scope };
  const { status, body, said } = await posted(asked.deviceUrl, form, post, signal);
  const ok = begun.safeParse(body);
  if (status !== 200 || !ok.success) return { outcome: 'failed', said };
  const { device_code, user_code, verification_uri, expires_in } = ok.data;
  return {
    outcome: 'begun',
    code: {
      deviceCode: device_code,
      userCode: user_code,
      address: verification_uri,
      expiresAt: new Date(now.getTime() + expires_in * 1_000),
    },
  };
}

/** Asks whether the person has agreed meanwhile (RFC 8628, 3.4 and 3.5). */
export async function answerOfConsent(
  asked: {
    readonly tokenUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly deviceCode: string;
  },
  post: PostForm,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: asked.clientId,
    ...(asked.clientSecret === '' ? {} : { client_secret: asked.clientSecret }),
    device_code: asked.deviceCode,
  };
  const { status, body, said } = await posted(asked.tokenUrl, form, post, signal);
  const ok = granted.safeParse(body);
  if (status === 200 && ok.success) return { answer: 'agreed', refreshToken: ok.data.refresh_token };
  const error = refused.safeParse(body).data?.error ?? '';
  if (error === 'authorization_pending' || error === 'slow_down') return { answer: 'pending', said };
  if (error === 'expired_token' || error === 'code_expired') return { answer: 'expired', said };
  return { answer: error === '' ? 'unreachable' : 'refused', said };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
