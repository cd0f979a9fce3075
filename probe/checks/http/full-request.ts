import type { CheckContext, CheckTarget, ReasonOf } from '#probe/check-kind.ts';
import { wholePem } from '#probe/whole-pem.ts';
import type { WebAnswer } from '#probe/web/ask-web.ts';
import { fetchWeb } from '#probe/web/fetch-web.ts';
import { isHeaderLine, readHeaders } from '#probe/web/headers-setting.ts';
import { firstAddress } from '#probe/web/web-address.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import type { Page } from './fetch-page.ts';
import { judgeContent } from './judge-content.ts';
import { judgePage, statusMatches } from './judge-page.ts';
import { pageLimitBytes } from './plain-exchange.ts';
import type { HttpSettings } from './settings.ts';
import type { HttpReasons } from './texts.ts';

/** A page that was asked for with everything the settings say, and what it is worth. */
export interface FullPage {
  readonly page: Page;
  readonly verdict: 'up' | 'degraded' | 'down' | 'unknown';
  readonly reason: ReasonOf<HttpReasons>;
  /** The one number that the JSON place leads to. */
  readonly jsonValue: number | undefined;
}

/**
 * Requests a page with method, headers, body, sign-in, HTTP/2 and client certificate, and judges it. Throws what
 * `webFailure` tells; undefined when the secret header cannot be sent.
 */
export async function requestWhole(
  settings: HttpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<FullPage | undefined> {
  const startedMs = context.clock.nowMs();
  if (settings.secretHeader !== '' && !isHeaderLine(settings.secretHeader)) return undefined;
  const { signIn, user, password } = settings;
  const plan = {
    request: {
      address: firstAddress(settings, target.address),
      method: settings.method,
      headers: readHeaders([...settings.headers, settings.secretHeader]),
      body: settings.body === '' ? undefined : Buffer.from(settings.body, 'utf8'),
      http2: settings.httpVersion === '2',
      limitBytes: Math.max(pageLimitBytes, settings.sizeMax),
      verifyCertificate: settings.verifyCertificate,
      ...identityOf(settings, context),
    },
    credential: signIn === 'none' ? undefined : { way: signIn, user, password },
    redirects: settings.redirects,
    elsewhere: settings.redirectTo === 'anywhere',
  };
  const page = pageOf(await fetchWeb(plan, startedMs + context.timeoutMs, context));
  const { status } = page;
  if (signIn !== 'none' && (status === 401 || status === 403) && !statusMatches(settings.expectStatus, status))
    return { page, verdict: 'down', reason: { code: 'signInRefused', data: { status } }, jsonValue: undefined };
  const plain = judgePage({ ...settings, jsonPointer: '' }, page, context.clock.nowMs() - startedMs);
  const { fault, jsonValue } = judgeContent(settings, page);
  if (plain.verdict === 'down' || fault === undefined) return { page, ...plain, jsonValue };
  return { page, verdict: 'down', reason: fault, jsonValue };
}

function identityOf({ clientCertificate, clientKey }: HttpSettings, context: CheckContext) {
  if (clientCertificate === '') return {};
  try {
    return { trust: context.tools.trust.identified(wholePem(clientCertificate), wholePem(clientKey)) };
  } catch (error) {
    const code = error instanceof Error ? error.message.slice(0, 100) : 'unknown';
    throw new WebFailure({ code: 'identityUnusable', data: { code } });
  }
}

function pageOf(answer: WebAnswer): Page {
  const { status, statusText, headers, body, cut, certificateDays, certificateEnds } = answer;
  const { lookupMs, connectMs, handshakeMs, firstByteMs } = answer;
  const phases = { lookupMs, connectMs, handshakeMs, firstByteMs };
  return { status, statusText, headers, body, cut, phases, certificateDays, certificateEnds };
}
