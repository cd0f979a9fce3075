import { z } from 'zod';
import type { TicketWhole } from '#contract/desk.ts';
import { inBoth, type InBoth, type Language } from '#contract/words.ts';
import * as en from '#texts/en/desk.ts';
import * as fr from '#texts/fr/desk.ts';

export type StoryCode = keyof typeof en.story;
export type EventKind = TicketWhole['events'][number]['kind'];
/** The words that each sentence of a story needs. */
export type StoryWords = { readonly [Code in StoryCode]: Parameters<(typeof en.story)[Code]>[0] };
/** What an event says, in no language yet. */
export type Said = {
  readonly [Code in StoryCode]: { readonly code: Code; readonly data: StoryWords[Code] };
}[StoryCode];

const ofRun = { runbook: z.string(), host: z.string() };
const ofAlert = { check: z.string(), target: z.string(), summary: inBoth };

type Forms = { readonly [Code in StoryCode]: z.ZodType<StoryWords[Code]> };

/** How the words lie in the database: what is here may grow but not change. */
const wordsOf: Forms = {
  opened_by_alert: z.object({ ...ofAlert, silenced: z.boolean() }),
  opened_by_hand: z.object({ description: z.string() }),
  alert_added: z.object(ofAlert),
  alert_worsened: z.object(ofAlert),
  cause_found: z.object({ cause: z.string(), target: z.string() }),
  joined_to: z.object({ number: z.number(), cause: z.string() }),
  alert_cleared: z.object({ check: z.string(), target: z.string(), removed: z.boolean() }),
  acknowledged: z.undefined(),
  assigned: z.object({ to: z.string().nullable() }),
  run_proposed: z.object({ ...ofRun, safe: z.boolean() }),
  run_approved: z.object(ofRun),
  run_refused: z.object({ ...ofRun, reason: z.string() }),
  run_emergency: z.object({ ...ofRun, reason: z.string() }),
  run_reviewed: z.object({ ...ofRun, note: z.string() }),
  run_started: z.object(ofRun),
  run_reattached: z.object(ofRun),
  run_ended: z.object({ ...ofRun, state: z.string(), seconds: z.number() }),
  proof_green: z.object({ count: z.number() }),
  proof_failing: z.object({
    count: z.number(),
    failing: z.array(z.object({ check: z.string(), summary: inBoth })),
  }),
  proof_nothing: z.undefined(),
  solved: z.object({ outageSeconds: z.number() }),
  reopened: z.object(ofAlert),
  resolved: z.object({ cause: z.string(), remedy: z.string(), outageSeconds: z.number().nullable() }),
  cause_written: z.object({ cause: z.string().nullable(), remedy: z.string().nullable() }),
  title_changed: z.object({ to: z.string() }),
  priority_changed: z.object({ from: z.string(), to: z.string() }),
  opened_ticket: z.object({ kind: z.string() }),
  moved: z.object({ from: z.string(), to: z.string(), why: z.string(), waitingFor: z.string().nullable() }),
  set: z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
  priority_reasoned: z.object({ from: z.string(), to: z.string(), reason: z.string() }),
  plan_written: z.undefined(),
  linked: z.object({ kind: z.string(), number: z.number(), on: z.boolean() }),
  merged_here: z.object({ number: z.number(), title: z.string(), count: z.number() }),
  merged_away: z.object({ number: z.number(), title: z.string() }),
  messages_to: z.object({ number: z.number(), count: z.number(), split: z.boolean() }),
  messages_from: z.object({ number: z.number(), count: z.number(), split: z.boolean() }),
  put_back: z.object({ number: z.number(), kind: z.string(), count: z.number() }),
  mail_bounced: z.object({ to: z.string(), said: z.string() }),
  woke: z.undefined(),
  rated: z.object({ score: z.number(), comment: z.string() }),
  promise_step: z.object({ goal: z.string(), act: z.string(), to: z.string(), dueAt: z.string(), over: z.boolean() }),
};

/** The kind under which the contract shows each sentence. */
export const kindOf: Readonly<Record<StoryCode, EventKind>> = {
  opened_by_alert: 'opened',
  opened_by_hand: 'opened',
  alert_added: 'alert_added',
  alert_worsened: 'alert_added',
  cause_found: 'changed',
  joined_to: 'resolved',
  alert_cleared: 'alert_cleared',
  acknowledged: 'acknowledged',
  assigned: 'assigned',
  run_proposed: 'run_proposed',
  run_approved: 'run_approved',
  run_refused: 'run_refused',
  run_emergency: 'run_emergency',
  run_reviewed: 'run_emergency',
  run_started: 'run_started',
  run_reattached: 'run_reattached',
  run_ended: 'run_ended',
  proof_green: 'proof',
  proof_failing: 'proof',
  proof_nothing: 'proof',
  solved: 'solved',
  reopened: 'reopened',
  resolved: 'resolved',
  cause_written: 'cause',
  title_changed: 'changed',
  priority_changed: 'changed',
  opened_ticket: 'opened',
  moved: 'moved',
  set: 'changed',
  priority_reasoned: 'changed',
  plan_written: 'changed',
  linked: 'changed',
  merged_here: 'changed',
  merged_away: 'changed',
  messages_to: 'changed',
  messages_from: 'changed',
  put_back: 'changed',
  mail_bounced: 'changed',
  woke: 'changed',
  rated: 'changed',
  promise_step: 'changed',
};

type Tellers = { readonly [Code in StoryCode]: (words: StoryWords[Code]) => string };
const tellers: Readonly<Record<Language, Tellers>> = { en: en.story, fr: fr.story };

function told<Code extends StoryCode>(
  code: Code,
  forms: { readonly [Each in Code]: z.ZodType<StoryWords[Each]> },
  data: unknown,
  language: Language,
): string {
  return tellers[language][code](forms[code].parse(data));
}

function isCode(code: string): code is StoryCode {
  return code in wordsOf;
}

/** An event's sentence in the reader's language, from what was stored. */
export function tellEvent(code: string, data: unknown, language: Language): string {
  if (!isCode(code)) throw new Error(`the desk has no sentence for ${code}`);
  // What needs no words was stored as null.
  return told(code, wordsOf, data ?? undefined, language);
}

const longestTitle = 300;

function cut(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1).toWellFormed()}…` : title;
}

/** The title of an incident that an alert opened, in both languages. */
export function titleOf(cause: string, summary: InBoth): InBoth {
  return { en: cut(en.incidentTitle(cause, summary.en)), fr: cut(fr.incidentTitle(cause, summary.fr)) };
}
