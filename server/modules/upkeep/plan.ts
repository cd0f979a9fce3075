import { createHash } from 'node:crypto';
import type { Runbook } from '#contract/upkeep.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Inputs, RunTarget, StepDefinition } from './run.ts';

/**
 * The inputs a run will use: what was given, completed by defaults and checked against the runbook's parameters.
 * @throws Refusal `parameter_missing` when a required one is not there or does not fit
 */
export function completeInputs(parameters: Runbook['parameters'], given: Inputs): Inputs {
  const known = new Set(parameters.map(({ name }) => name));
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) throw new Refusal('parameter_missing', { name: stranger });
  const complete = parameters.flatMap((parameter): [string, string | number | boolean][] => {
    const value = given[parameter.name] ?? parameter.default;
    const empty = value === null || value === '';
    if (empty && parameter.required) throw new Refusal('parameter_missing', { name: parameter.label });
    if (empty) return [[parameter.name, '']];
    if (!fits(parameter, value)) throw new Refusal('parameter_missing', { name: parameter.label });
    return [[parameter.name, value]];
  });
  return Object.fromEntries(complete);
}

function fits({ kind, choices }: Runbook['parameters'][number], value: string | number | boolean): boolean {
  if (kind === 'number') return typeof value === 'number' || (value !== '' && Number.isFinite(Number(value)));
  if (kind === 'boolean') return typeof value === 'boolean';
  if (kind === 'choice') return choices.includes(String(value));
  return typeof value !== 'string' || !value.includes('\0');
}

/**
 * What an approval is bound to: the steps, the inputs and where they go. If any of it changes the hash does, and the
 * approval no longer counts.
 */
export function planHash(plan: {
  readonly steps: readonly StepDefinition[];
  readonly inputs: Inputs;
  readonly hostId: string;
  readonly target: RunTarget;
}): string {
  return createHash('sha256').update(canonical(plan)).digest('hex');
}

/** JSON with keys in one order, so that equal plans have equal texts however they were stored. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`;
}

/** Inputs as a command finds them in its environment. */
export function environmentOf(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}
