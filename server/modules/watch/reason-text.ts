import { z } from 'zod';
import type { InBoth, Language } from '#contract/words.ts';
import type { Reason } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { houseReason } from './house-reason.ts';
import { seriesLabel } from './series-label.ts';

const stored = z.object({
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

// Nobody reads more than thousandths, and each digit is stored for every run of every check.
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
}

/** A reason as the tables hold it. */
export function writeReason(reason: Reason): string {
  return JSON.stringify(reason, rounded);
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
