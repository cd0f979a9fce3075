import type { ReasonOf } from '#probe/check-kind.ts';
import { isoDay } from '#probe/start-tls.ts';
import { readPointer } from '#probe/web/json-pointer.ts';
import type { Page } from './fetch-page.ts';
import type { HttpSettings } from './settings.ts';
import type { HttpReasons } from './texts.ts';

/** What a page is worth: the first fault found, or that all is well. */
export function judgePage(
  settings: HttpSettings,
  page: Page,
  totalMs: number,
): { verdict: 'up' | 'degraded' | 'down'; reason: ReasonOf<HttpReasons> } {
  const fault = contentFault(settings, page);
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  const { status } = page;
  if (
    page.certificateDays !== undefined &&
    page.certificateEnds !== undefined &&
    page.certificateDays < settings.warnDays
  ) {
    const validTo = isoDay(page.certificateEnds);
    return {
      verdict: 'degraded',
      reason: { code: 'certificateExpiresSoon', data: { days: page.certificateDays, validTo } },
    };
  }
  if (settings.warnMs > 0 && totalMs > settings.warnMs) {
    return { verdict: 'degraded', reason: { code: 'slow', data: { status, ms: totalMs, warnMs: settings.warnMs } } };
  }
  return { verdict: 'up', reason: { code: 'answered', data: { status, ms: totalMs } } };
}

function contentFault(settings: HttpSettings, page: Page): ReasonOf<HttpReasons> | undefined {
  const { textPresent, textAbsent, jsonPointer } = settings;
  if (!statusMatches(settings.expectStatus, page.status)) {
    return { code: 'otherStatus', data: { status: page.status, expected: settings.expectStatus } };
  }
  if (textPresent !== '' && !page.body.includes(textPresent))
    return { code: 'textMissing', data: { text: textPresent } };
  if (textAbsent !== '' && page.body.includes(textAbsent)) return { code: 'textFound', data: { text: textAbsent } };
  return jsonPointer === '' ? undefined : jsonFault(page, jsonPointer, settings.jsonExpected);
}

function jsonFault(page: Page, pointer: string, expected: string): ReasonOf<HttpReasons> | undefined {
  let document: unknown;
  try {
    document = JSON.parse(page.body.toString('utf8'));
  } catch {
    return { code: 'notJson', data: {} };
  }
  const value = readPointer(document, pointer);
  if (value === undefined) return { code: 'jsonMissing', data: { pointer } };
  const found = typeof value === 'string' ? value : JSON.stringify(value);
  if (expected === '' || found === expected) return undefined;
  return { code: 'jsonOther', data: { pointer, expected, found: found.slice(0, 200) } };
}

/** Whether a status is among `200-299,401`. */
export function statusMatches(expected: string, status: number): boolean {
  return expected.split(',').some((part) => {
    const [from = '', to = from] = part.split('-');
    return status >= Number(from) && status <= Number(to);
  });
}
