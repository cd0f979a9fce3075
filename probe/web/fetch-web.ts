import type { CheckContext } from '../check-kind.ts';
import { sanitiseOutput } from '../sanitise-output.ts';
import { askWeb, type WebAnswer } from './ask-web.ts';
import { digestAuthorization, plainAuthorization, type WebCredential } from './sign-in.ts';
import { addressFrom, originOf } from './web-address.ts';
import { WebFailure } from './web-reasons.ts';
import type { WebRequest } from './web-exchange.ts';

/** How far a request is taken. */
export interface FetchPlan {
  readonly request: WebRequest;
  readonly credential: WebCredential | undefined;
  /** How many redirects are followed; 0 takes the first answer. */
  readonly redirects: number;
  /** Whether a redirect may lead to another origin. The credential and the given headers never go there. */
  readonly elsewhere: boolean;
}

/** Sends a request, answers a Digest question, and goes after redirects. What it throws is told by `webFailure`. */
export async function fetchWeb(plan: FetchPlan, deadlineMs: number, context: CheckContext): Promise<WebAnswer> {
  const origin = originOf(plan.request.address);
  let { request } = plan;
  for (let hop = 0; ; hop += 1) {
    const credential = originOf(request.address) === origin ? plan.credential : undefined;
    const answer = await askSignedIn(request, credential, deadlineMs, context);
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
    if (location === undefined || plan.redirects === 0) return answer;
    if (hop >= plan.redirects) throw new WebFailure({ code: 'tooManyRedirects', data: { limit: plan.redirects } });
    request = redirected(request, answer, location, plan);
  }
}

async function askSignedIn(
  request: WebRequest,
  credential: WebCredential | undefined,
  deadlineMs: number,
  context: CheckContext,
): Promise<WebAnswer> {
  if (credential === undefined) return askWeb(request, deadlineMs, context);
  const plain = plainAuthorization(credential);
  if (plain !== undefined) return askWeb(withAuthorization(request, plain), deadlineMs, context);
  const first = await askWeb(request, deadlineMs, context);
  if (first.status !== 401) return first;
  const digest = digestAuthorization(first.headers['www-authenticate'] ?? '', credential, {
    method: request.method,
    path: request.address.path,
  });
  if (digest === undefined) throw new WebFailure({ code: 'digestMissing', data: {} });
  return askWeb(withAuthorization(request, digest), deadlineMs, context);
}

function withAuthorization(request: WebRequest, authorization: string): WebRequest {
  return { ...request, headers: { ...request.headers, authorization } };
}

function redirected(from: WebRequest, { status }: WebAnswer, location: string, plan: FetchPlan): WebRequest {
  const address = addressFrom(from.address, location);
  const shown = sanitiseOutput(location, 200);
  if (address === undefined) throw new WebFailure({ code: 'badRedirect', data: { location: shown } });
  const same = originOf(address) === originOf(plan.request.address);
  if (!same && !plan.elsewhere) throw new WebFailure({ code: 'redirectElsewhere', data: { location: shown } });
  // RFC 9110, 15.4: only 307 and 308 say that the method stays; a form that was taken is followed by a look.
  const keeps = status === 307 || status === 308 || from.method === 'GET' || from.method === 'HEAD';
  const { 'content-type': _type, ...bare } = from.headers;
  return {
    ...from,
    address,
    headers: same ? (keeps ? from.headers : bare) : {},
    ...(keeps ? {} : { method: 'GET', body: undefined }),
    // A body given for one server is not for another.
    ...(same ? {} : { body: undefined, ...(keeps ? {} : { method: 'GET' }) }),
  };
}
