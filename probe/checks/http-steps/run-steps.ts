import type { CheckContext, ReasonData } from '#probe/check-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { askWeb, webFailure, type WebAnswer } from '#probe/web/ask-web.ts';
import { readHeaders } from '#probe/web/headers-setting.ts';
import { addressFrom, firstAddress, originOf, type WebAddress } from '#probe/web/web-address.ts';
import { WebFailure, webVerdict } from '#probe/web/web-reasons.ts';
import { checkAssertion } from './assertions.ts';
import { findValue } from './captures.ts';
import { CookieJar } from './cookie-jar.ts';
import type { Step } from './parse-steps.ts';
import type { HttpStepsSettings } from './settings.ts';
import { statusFits } from './status-fits.ts';

/** One step as it went. */
export interface StepRecord {
  readonly name: string;
  readonly status: number | undefined;
  readonly durationMs: number;
}

/** How a scenario ended: `fault` is the reason's code and data of the step that failed. */
export interface Scenario {
  readonly records: readonly StepRecord[];
  readonly failed:
    | { readonly verdict: 'down' | 'degraded' | 'unknown'; readonly fault: string; readonly data: ReasonData }
    | undefined;
  /** What the failing step answered. */
  readonly evidence: string;
}

const answerLimitBytes = 512 * 1024;
const redirectsLimit = 10;
const valueLimit = 4_000;

/** Runs the steps one after the other, each with what the ones before left. Ends at the first that fails. */
export async function runSteps(
  steps: readonly Step[],
  settings: HttpStepsSettings,
  target: string,
  context: CheckContext,
): Promise<Scenario> {
  const deadlineMs = context.clock.nowMs() + context.timeoutMs;
  const jar = new CookieJar();
  const values = new Map<string, string>([
    ['user', settings.user],
    ['password', settings.password],
    ['secret', settings.secret],
  ]);
  const records: StepRecord[] = [];
  for (const step of steps) {
    const startedMs = context.clock.nowMs();
    let answer: WebAnswer | undefined;
    try {
      answer = await runStep(step, { settings, target, values, jar, deadlineMs, context });
      const durationMs = context.clock.nowMs() - startedMs;
      records.push({ name: step.name, status: answer.status, durationMs });
      const failed = judgeStep(step, answer, durationMs, values);
      if (failed !== undefined) return { records, failed: { verdict: 'down', ...failed }, evidence: show(answer) };
    } catch (error) {
      const { code: fault, data } = webFailure(error);
      records.push({ name: step.name, status: undefined, durationMs: context.clock.nowMs() - startedMs });
      const verdict = webVerdict(webFailure(error));
      return { records, failed: { verdict: verdict === 'up' ? 'down' : verdict, fault, data }, evidence: '' };
    }
  }
  return { records, failed: undefined, evidence: '' };
}

interface Surroundings {
  readonly settings: HttpStepsSettings;
  readonly target: string;
  readonly values: ReadonlyMap<string, string>;
  readonly jar: CookieJar;
  readonly deadlineMs: number;
  readonly context: CheckContext;
}

async function runStep(step: Step, around: Surroundings): Promise<WebAnswer> {
  const { settings, target, values, jar, deadlineMs, context } = around;
  const start = firstAddress({ ...settings, path: '/' }, target);
  const link = fill(step.link, values, encodeURI);
  let address = addressFrom(start, link);
  if (address === undefined) throw new WebFailure({ code: 'badRedirect', data: { location: step.link } });
  const origin = originOf(address);
  let { method } = step;
  let body = bodyOf(step, values);
  for (let hop = 0; ; hop += 1) {
    const answer = await askWeb(
      {
        address,
        method,
        headers: originOf(address) === origin ? headersOf(step, values, address, jar) : cookiesOnly(address, jar),
        body,
        http2: false,
        limitBytes: answerLimitBytes,
        verifyCertificate: settings.verifyCertificate,
      },
      deadlineMs,
      context,
    );
    jar.take(address, answer.headers['set-cookie'] ?? [], context.clock.nowMs());
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
    if (location === undefined || !step.follows) return answer;
    if (hop >= redirectsLimit) throw new WebFailure({ code: 'tooManyRedirects', data: { limit: redirectsLimit } });
    const next = addressFrom(address, location);
    if (next === undefined)
      throw new WebFailure({ code: 'badRedirect', data: { location: sanitiseOutput(location, 200) } });
    address = next;
    if (answer.status !== 307 && answer.status !== 308) [method, body] = ['GET', undefined];
    else if (originOf(next) !== origin) body = undefined;
  }
}

function headersOf(
  step: Step,
  values: ReadonlyMap<string, string>,
  address: WebAddress,
  jar: CookieJar,
): Record<string, string> {
  const form = step.form.length > 0 ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const json = /^[[{]/u.test(step.body) ? { 'content-type': 'application/json' } : {};
  const own = readHeaders(step.headers.map((line) => fill(line, values, headerSafe)));
  return { ...json, ...form, ...cookiesOnly(address, jar), ...own };
}

function cookiesOnly(address: WebAddress, jar: CookieJar): Record<string, string> {
  const cookie = jar.headerFor(address);
  return cookie === undefined ? {} : { cookie };
}

function bodyOf({ form, body }: Step, values: ReadonlyMap<string, string>): Buffer | undefined {
  if (form.length > 0) {
    const filled = form.map(([name, value]): [string, string] => [name, fill(value, values, String)]);
    return Buffer.from(new URLSearchParams(filled).toString(), 'utf8');
  }
  if (body === '') return undefined;
  // Inside a JSON text a value must not be able to end the string it stands in.
  const isJson = /^[[{]/u.test(body);
  return Buffer.from(fill(body, values, isJson ? jsonSafe : String), 'utf8');
}

function fill(text: string, values: ReadonlyMap<string, string>, safe: (value: string) => string): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/gu, (_all, name: string) => safe(values.get(name) ?? ''));
}

function headerSafe(value: string): string {
  return value.replaceAll(/[^\t\u0020-\u007e]/gu, '');
}

function jsonSafe(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function judgeStep(
  step: Step,
  answer: WebAnswer,
  durationMs: number,
  values: Map<string, string>,
): { fault: string; data: ReasonData } | undefined {
  const { status } = answer;
  if (!statusFits(step.expectStatus, status))
    return {
      fault: 'otherStatus',
      data: { status, expected: step.expectStatus === '' ? '200-399' : step.expectStatus },
    };
  for (const assertion of step.assertions) {
    const { stands, found } = checkAssertion(assertion, answer, durationMs);
    const data = { assertion: assertion.text, found: (found ?? '').slice(0, 100) };
    if (!stands) return { fault: found === undefined ? 'nothingFound' : 'assertionFails', data };
  }
  for (const { name, query } of step.captures) {
    const value = findValue(query, answer);
    if (value === undefined) return { fault: 'captureMissing', data: { variable: name } };
    values.set(name, value.slice(0, valueLimit));
  }
  return undefined;
}

function show({ status, body }: WebAnswer): string {
  return `${status}\n${body.subarray(0, 1_500).toString('utf8')}`;
}
