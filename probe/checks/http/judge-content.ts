import type { ReasonOf } from '#probe/check-kind.ts';
import { jsonText, readJsonPlace, standsComparison } from '#probe/web/json-value.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import type { Page } from './fetch-page.ts';
import type { HttpSettings } from './settings.ts';
import type { HttpReasons } from './texts.ts';

type Reason = ReasonOf<HttpReasons>;

/** What a page is found to be beyond its status and plain texts: the first fault, and the number at the JSON place. */
export function judgeContent(
  settings: HttpSettings,
  page: Page,
): { fault: Reason | undefined; jsonValue: number | undefined } {
  const json = settings.jsonPointer === '' ? undefined : judgeJson(settings, page);
  const fault = headerFault(settings, page) ?? sizeFault(settings, page) ?? patternFault(settings, page) ?? json?.fault;
  return { fault, jsonValue: json?.value };
}

function headerFault({ headersExpected }: HttpSettings, page: Page): Reason | undefined {
  for (const line of headersExpected) {
    const forbidden = line.startsWith('!');
    const [name = '', ...rest] = line.slice(forbidden ? 1 : 0).split(':');
    const value = page.headers[name.toLowerCase()];
    const found = Array.isArray(value) ? value.join(', ') : value;
    const expected = rest.join(':').trim();
    if (forbidden) {
      if (found !== undefined && found.toLowerCase().includes(expected.toLowerCase()))
        return { code: 'headerFound', data: { name, found: found.slice(0, 200) } };
    } else if (found === undefined) return { code: 'headerMissing', data: { name } };
    else if (!found.toLowerCase().includes(expected.toLowerCase()))
      return { code: 'headerOther', data: { name, expected, found: found.slice(0, 200) } };
  }
  return undefined;
}

function sizeFault({ sizeMin, sizeMax }: HttpSettings, { body, cut }: Page): Reason | undefined {
  if (sizeMax > 0 && (body.length > sizeMax || cut))
    return { code: 'tooLarge', data: { bytes: body.length, limit: sizeMax } };
  if (body.length < sizeMin) return { code: 'tooSmall', data: { bytes: body.length, limit: sizeMin } };
  return undefined;
}

function patternFault({ patternPresent, patternAbsent }: HttpSettings, { body }: Page): Reason | undefined {
  if (patternPresent === '' && patternAbsent === '') return undefined;
  const text = body.toString('utf8');
  if (patternPresent !== '' && !compilePattern(patternPresent).test(text))
    return { code: 'patternMissing', data: { pattern: patternPresent } };
  if (patternAbsent !== '' && compilePattern(patternAbsent).test(text))
    return { code: 'patternFound', data: { pattern: patternAbsent } };
  return undefined;
}

function judgeJson(
  { jsonPointer: pointer, jsonCompare, jsonExpected: expected }: HttpSettings,
  { body }: Page,
): { fault?: Reason; value?: number } {
  let document: unknown;
  try {
    document = JSON.parse(body.toString('utf8'));
  } catch {
    return { fault: { code: 'notJson', data: {} } };
  }
  const values = readJsonPlace(document, pointer);
  const [first] = values;
  if (values.length === 0) return { fault: { code: 'jsonMissing', data: { pointer } } };
  const value = values.length === 1 && typeof first === 'number' ? { value: first } : {};
  const other = values.find((each) => !standsComparison(each, jsonCompare, expected));
  if (expected === '' || other === undefined) return value;
  const found = jsonText(other).slice(0, 200);
  return { ...value, fault: { code: 'jsonFails', data: { pointer, comparison: jsonCompare, expected, found } } };
}
