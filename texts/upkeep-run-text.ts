import type { Language } from '#contract/words.ts';
import * as en from './en/upkeep-run.ts';
import * as fr from './fr/upkeep-run.ts';

export type SshFailureWord = keyof typeof en.sshFailures;

type Detail = Readonly<Record<string, string | number>>;
const catalogues = { en, fr };

/** A detail as the reader gets it: why a host cannot be reached is kept as a code and told in their language. */
function told(detail: Detail, language: Language): Detail {
  const { why } = detail;
  return typeof why === 'string' && isFailureWord(why)
    ? { ...detail, why: catalogues[language].sshFailures[why] }
    : detail;
}

function isFailureWord(word: string): word is SshFailureWord {
  return Object.hasOwn(en.sshFailures, word);
}

/** Why a run stands as it does, in the reader's language; empty for a code that is not on the list. */
export function runNoteText(code: string, detail: Detail, language: Language): string {
  const notes: Readonly<Record<string, (detail: Detail) => string>> = catalogues[language].runNotes;
  return notes[code]?.(told(detail, language)) ?? '';
}

/** Why a step ended as it did, in the reader's language; empty for a code that is not on the list. */
export function stepNoteText(code: string, detail: Detail, language: Language): string {
  const notes: Readonly<Record<string, (detail: Detail) => string>> = catalogues[language].stepNotes;
  return notes[code]?.(told(detail, language)) ?? '';
}

/** Why a host cannot be signed in to, in the reader's language. */
export function sshFailureText(kind: SshFailureWord, language: Language): string {
  return catalogues[language].sshFailures[kind];
}

/** What a trial of signing in says, in the reader's language. */
export function accessTrialTexts(language: Language): typeof en.accessTrial {
  return catalogues[language].accessTrial;
}
