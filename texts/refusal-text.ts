import type { RefusalCode } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import * as en from './en/refusals.ts';
import * as fr from './fr/refusals.ts';

export type FieldReason = keyof typeof en.fieldReasons;

const catalogues = { en, fr };

/** A refusal's sentence in the reader's language. */
export function refusalText(
  code: RefusalCode,
  detail: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  return catalogues[language].refusals[code](detail);
}

/** Why a field was refused by a rule of our own; the general sentence when the reason is not on the list. */
export function fieldReasonText(reason: string, language: Language): string {
  const reasons: Readonly<Record<string, string>> = catalogues[language].fieldReasons;
  return reasons[reason] ?? catalogues[language].fieldFaults.other;
}

/** What somebody reads when Vigie itself failed. */
export function internalFaultText(reference: string, language: Language): string {
  return catalogues[language].internalFault(reference);
}

/** The sentences about single fields, in the reader's language. */
export function fieldFaultTexts(language: Language): typeof en.fieldFaults {
  return catalogues[language].fieldFaults;
}
