import { z } from 'zod';
import { inBoth, thingKind, type Language } from '#contract/words.ts';
import * as en from '#texts/en/logbook.ts';
import * as fr from '#texts/fr/logbook.ts';

export type EntryCode = keyof typeof en.entries;
/** The words that each kind of sentence needs. */
export type EntryWords = { readonly [Code in EntryCode]: Parameters<(typeof en.entries)[Code]>[0] };
/** What an entry says, in no language yet. */
export type Said = {
  readonly [Code in EntryCode]: { readonly code: Code; readonly data: EntryWords[Code] };
}[EntryCode];

type Forms<Code extends EntryCode> = { readonly [Each in Code]: z.ZodType<EntryWords[Each]> };

const ofRun = { runbook: z.string(), host: z.string() };
const onThing = { thing: z.object({ kind: thingKind, name: z.string() }) };
const between = { dependent: z.string(), on: z.string() };

/** How the words lie in the database; entries are never rewritten, so that what is here may grow but not change. */
const wordsOf: Forms<EntryCode> = {
  note: z.object({ text: z.string() }),
  incident_opened: z.object({ title: inBoth, summary: inBoth, silenced: z.boolean() }),
  incident_acknowledged: z.object({ title: inBoth }),
  incident_solved: z.object({ title: inBoth, outageSeconds: z.number() }),
  incident_reopened: z.object({ title: inBoth, summary: inBoth }),
  incident_resolved: z.object({
    title: inBoth,
    outageSeconds: z.number().nullable(),
    cause: z.string(),
    remedy: z.string(),
  }),
  incident_comment: z.object({ text: z.string() }),
  run_proposed: z.object({ ...ofRun, safe: z.boolean() }),
  run_approved: z.object(ofRun),
  run_refused: z.object({ ...ofRun, reason: z.string() }),
  run_emergency: z.object({ ...ofRun, reason: z.string() }),
  run_reviewed: z.object({ ...ofRun, note: z.string() }),
  run_started: z.object(ofRun),
  run_reattached: z.object({ ...ofRun, atByte: z.number() }),
  run_ended: z.object({ ...ofRun, state: z.string(), seconds: z.number() }),
  step_failed: z.object({ ...ofRun, title: z.string(), state: z.string(), exitCode: z.number().nullable() }),
  access_changed: z.object({ host: z.string() }),
  state_changed: z.object({ check: z.string(), target: z.string(), from: z.string(), to: z.string() }),
  check_unsteady: z.object({ check: z.string(), target: z.string() }),
  window_verified: z.object({
    name: z.string(),
    checks: z.number(),
    worse: z.array(z.string()),
    worseCount: z.number(),
  }),
  thing_added: z.object(onThing),
  thing_changed: z.object({ ...onThing, what: z.array(z.string()) }),
  thing_removed: z.object(onThing),
  dependency_added: z.object(between),
  dependency_removed: z.object(between),
  person_added: z.object({ name: z.string() }),
};

type Tellers = { readonly [Code in EntryCode]: (words: EntryWords[Code]) => string };
const tellers: Readonly<Record<Language, Tellers>> = { en: en.entries, fr: fr.entries };

function told<Code extends EntryCode>(code: Code, forms: Forms<Code>, data: unknown, language: Language): string {
  return tellers[language][code](forms[code].parse(data));
}

function isCode(code: string): code is EntryCode {
  return code in wordsOf;
}

/** An entry's sentence in the reader's language, from what was stored. */
export function tellEntry(code: string, data: unknown, language: Language): string {
  if (!isCode(code)) throw new Error(`the logbook has no sentence for ${code}`);
  return told(code, wordsOf, data, language);
}
