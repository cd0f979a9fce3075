import type { Runbook, Step } from '#contract/upkeep.ts';
import { linesOf, numberOf } from '#web/ui/form/fields.ts';

type Parameter = Runbook['parameters'][number];
type Request = Pick<Runbook, 'name' | 'summary' | 'safe' | 'symptoms' | 'parameters' | 'steps'>;

export const stepKinds = ['command', 'check', 'wait', 'manual'] as const;
export type StepKind = (typeof stepKinds)[number];
export const parameterKinds = ['text', 'number', 'boolean', 'choice'] as const;

/** A step as it stands in the form: everything is text, and what its kind does not use is kept in case it changes back. */
export interface StepDraft {
  /** Own to this form, so that a moved step keeps its fields. */
  key: string;
  kind: StepKind;
  title: string;
  onFailure: 'stop' | 'continue';
  command: string;
  sudo: boolean;
  timeout: string;
  seconds: string;
  instruction: string;
}

export interface ParameterDraft {
  key: string;
  name: string;
  label: string;
  kind: Parameter['kind'];
  choices: string;
  usual: string;
  required: boolean;
}

/** The runbook editor's form. */
export interface RunbookDraft {
  name: string;
  summary: string;
  safe: boolean;
  symptoms: string;
  parameters: readonly ParameterDraft[];
  steps: readonly StepDraft[];
}

/** A key that no item of the list has. */
function freeKey(items: readonly { key: string }[]): string {
  return String(1 + Math.max(0, ...items.map((item) => Number(item.key))));
}

export function emptyStep(kind: StepKind, among: readonly StepDraft[]): StepDraft {
  return {
    key: freeKey(among),
    kind,
    title: '',
    onFailure: 'stop',
    command: '',
    sudo: false,
    timeout: kind === 'check' ? '60' : '300',
    seconds: '10',
    instruction: '',
  };
}

export function emptyParameter(among: readonly ParameterDraft[]): ParameterDraft {
  return { key: freeKey(among), name: '', label: '', kind: 'text', choices: '', usual: '', required: true };
}

/** The form for a new runbook begins with one command, since most do. */
export const emptyRunbook: RunbookDraft = {
  name: '',
  summary: '',
  safe: false,
  symptoms: '',
  parameters: [],
  steps: [emptyStep('command', [])],
};

function stepDraft(step: Step, at: number): StepDraft {
  const draft = { ...emptyStep(step.kind, []), key: String(at + 1), title: step.title, onFailure: step.onFailure };
  switch (step.kind) {
    case 'command':
      return { ...draft, command: step.command, sudo: step.sudo, timeout: String(step.timeoutSeconds) };
    case 'check':
      return { ...draft, timeout: String(step.timeoutSeconds) };
    case 'wait':
      return { ...draft, seconds: String(step.seconds) };
    default:
      return { ...draft, instruction: step.instruction };
  }
}

/** The form for a runbook that exists. */
export function draftOf(runbook: Request): RunbookDraft {
  return {
    name: runbook.name,
    summary: runbook.summary,
    safe: runbook.safe,
    symptoms: runbook.symptoms.join('\n'),
    parameters: runbook.parameters.map((parameter, at) => ({
      key: String(at + 1),
      name: parameter.name,
      label: parameter.label,
      kind: parameter.kind,
      choices: parameter.choices.join('\n'),
      usual: parameter.default === null ? '' : String(parameter.default),
      required: parameter.required,
    })),
    steps: runbook.steps.map(stepDraft),
  };
}

function stepOf(draft: StepDraft): Step {
  const shared = { title: draft.title.trim(), onFailure: draft.onFailure };
  switch (draft.kind) {
    case 'command':
      return {
        ...shared,
        kind: 'command',
        command: draft.command,
        sudo: draft.sudo,
        timeoutSeconds: numberOf(draft.timeout),
      };
    case 'check':
      return { ...shared, kind: 'check', timeoutSeconds: numberOf(draft.timeout) };
    case 'wait':
      return { ...shared, kind: 'wait', seconds: numberOf(draft.seconds) };
    default:
      return { ...shared, kind: 'manual', instruction: draft.instruction };
  }
}

function usualOf(draft: ParameterDraft): string | number | boolean | null {
  if (draft.kind === 'boolean') return draft.usual === 'true';
  if (draft.usual.trim() === '') return null;
  return draft.kind === 'number' ? numberOf(draft.usual) : draft.usual;
}

/** What the form says, as the request wants it. Call it only when `draftProblems` found nothing. */
export function requestOf(draft: RunbookDraft): Request {
  return {
    name: draft.name.trim(),
    summary: draft.summary,
    safe: draft.safe,
    symptoms: linesOf(draft.symptoms),
    parameters: draft.parameters.map((parameter) => ({
      name: parameter.name.trim(),
      label: parameter.label.trim(),
      kind: parameter.kind,
      choices: parameter.kind === 'choice' ? linesOf(parameter.choices) : [],
      required: parameter.required,
      default: usualOf(parameter),
    })),
    steps: draft.steps.map(stepOf),
  };
}

/** The list with one item a place further up (-1) or down (1); the same list at its ends. */
export function moved<Item extends { key: string }>(items: readonly Item[], key: string, by: -1 | 1): readonly Item[] {
  const from = items.findIndex((item) => item.key === key);
  const item = items[from];
  const to = from + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
