import type { flightRules } from '#texts/en/mail.ts';

/** The rules by which a message is judged; each has a sentence in both languages. */
export type FlightRule = keyof typeof flightRules;

/** What was being decided when a rule held. */
export type FlightStage = 'receive' | 'read' | 'classify' | 'authenticate' | 'thread' | 'file' | 'answer' | 'send';

/** One line of the record of what became of a message and why. */
export interface FlightStep {
  readonly step: FlightStage;
  readonly rule: FlightRule;
  /** The header or words on which the rule stood; from outside, so never to be believed or run. */
  readonly evidence: string;
  readonly outcome: string;
}

const longestEvidence = 300;

/** Makes a line of the record. */
export function flightStep(step: FlightStage, rule: FlightRule, evidence: string, outcome: string): FlightStep {
  return { step, rule, evidence: evidence.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, longestEvidence), outcome };
}
