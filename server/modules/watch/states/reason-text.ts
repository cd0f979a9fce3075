import { z } from 'zod';
import type { InBoth, Language } from '#contract/words.ts';
import type { Reason } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { houseReason } from './house-reason.ts';
import { seriesLabel } from '../measurements/series-label.ts';

/** What a sentence is made of. */
export const reasonData = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const stored = z.object({ code: z.string(), data: reasonData });

// Nobody reads more than thousandths, and each digit is stored for every run of every check.
function numberText(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 1_000) / 1_000) : 'null';
}

/** A reason as the tables hold it: JSON, made by hand because each result has one. */
export function writeReason({ code, data }: Reason): string {
  let text = `{"code":${JSON.stringify(code)},"data":{`;
  let between = '';
  for (const name in data) {
    if (!Object.hasOwn(data, name)) continue;
    const value = data[name];
    if (value === undefined) continue;
    text += `${between}${JSON.stringify(name)}:${typeof value === 'number' ? numberText(value) : JSON.stringify(value)}`;
    between = ',';
  }
  return `${text}}}`;
}

/** A stored reason; what cannot be read is shown as an unknown code rather than lost. */
export function readReason(text: string): Reason {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return { code: 'unreadable', data: {} };
  }
}

/** A reason as a sentence of the kind's own texts. */
export function reasonText(kind: string, reason: Reason, language: Language): string {
  const own = houseReason(reason, language, (name) => seriesLabel(kind, name, language));
  return own ?? kinds.get(kind)?.tell(reason, language) ?? reason.code;
}

/** The same in both languages, for facts whose readers differ. */
export function reasonInBoth(kind: string, reason: Reason): InBoth {
  return { en: reasonText(kind, reason, 'en'), fr: reasonText(kind, reason, 'fr') };
}
