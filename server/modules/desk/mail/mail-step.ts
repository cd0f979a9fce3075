import { z } from 'zod';
import type { FlightLine } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import { flightStep, type FlightRule, type FlightStep } from '#mail/flight-record.ts';
import { flightRules as en } from '#texts/en/mail.ts';
import { flightRules as fr } from '#texts/fr/mail.ts';

const words = { en, fr };

function isRule(rule: string): rule is FlightRule {
  return rule in en;
}

const stages = z.enum(['receive', 'read', 'classify', 'authenticate', 'thread', 'file', 'answer', 'send']);
/** A record as it lies; rules of a later version are left out by an earlier one. */
const stored = z.array(z.object({ step: stages, rule: z.string(), evidence: z.string(), outcome: z.string() }));

/** A line of the record on what became of a mail here. */
export function filed(rule: FlightRule, evidence = ''): FlightStep {
  return flightStep('file', rule, evidence, rule);
}

/** A flight record in the reader's language. */
export function tellFlight(steps: unknown, language: Language): FlightLine[] {
  return (stored.safeParse(steps).data ?? []).flatMap(({ step, rule, evidence }) =>
    isRule(rule) ? [{ step, rule, sentence: words[language][rule], evidence }] : [],
  );
}
