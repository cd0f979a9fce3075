import { linesOf, numberOf } from '#web/ui/form/fields.ts';
import { parameterName } from '#contract/upkeep.ts';
import type { ParameterDraft, RunbookDraft, StepDraft } from './runbook-draft.ts';

/** What is wrong with one field of the runbook editor; the server remains the judge. */
export type DraftProblem =
  | 'required'
  | 'notNumber'
  | 'notInteger'
  | 'badName'
  | 'sameName'
  | 'sameSymptom'
  | 'noStep'
  | 'notAChoice'
  | { code: 'tooLong' | 'tooSmall' | 'tooBig' | 'tooMany'; limit: number };

type Found = [path: string, problem: DraftProblem];

const day = 86_400;

function lineProblem(text: string, max: number): DraftProblem | undefined {
  if (text.trim() === '') return 'required';
  return text.trim().length > max ? { code: 'tooLong', limit: max } : undefined;
}

function secondsProblem(text: string): DraftProblem | undefined {
  if (text.trim() === '') return 'required';
  const value = numberOf(text);
  if (!Number.isFinite(value)) return 'notNumber';
  if (!Number.isInteger(value)) return 'notInteger';
  if (value < 1) return { code: 'tooSmall', limit: 1 };
  return value > day ? { code: 'tooBig', limit: day } : undefined;
}

/** Only the problems that there are. */
function found(pairs: readonly (readonly [string, DraftProblem | undefined])[]): Found[] {
  return pairs.flatMap(([path, problem]) => (problem === undefined ? [] : [[path, problem] satisfies Found]));
}

function stepProblems(step: StepDraft): Found[] {
  const at = `steps.${step.key}`;
  const title = [`${at}.title`, lineProblem(step.title, 200)] as const;
  switch (step.kind) {
    case 'command':
      return found([
        title,
        [`${at}.command`, lineProblem(step.command, 20_000)],
        [`${at}.timeout`, secondsProblem(step.timeout)],
      ]);
    case 'check':
      return found([title, [`${at}.timeout`, secondsProblem(step.timeout)]]);
    case 'wait':
      return found([title, [`${at}.seconds`, secondsProblem(step.seconds)]]);
    default:
      return found([title, [`${at}.instruction`, lineProblem(step.instruction, 5000)]]);
  }
}

function usualProblem(parameter: ParameterDraft): DraftProblem | undefined {
  const usual = parameter.usual.trim();
  if (usual === '' || parameter.kind === 'boolean' || parameter.kind === 'text') return undefined;
  if (parameter.kind === 'number') return Number.isFinite(numberOf(usual)) ? undefined : 'notNumber';
  return linesOf(parameter.choices).includes(usual) ? undefined : 'notAChoice';
}

function parameterProblems(parameter: ParameterDraft, all: readonly ParameterDraft[]): Found[] {
  const at = `parameters.${parameter.key}`;
  const name = parameter.name.trim();
  const same = all.some((other) => other.key !== parameter.key && other.name.trim() === name);
  const nameProblem: DraftProblem | undefined =
    name === '' ? 'required' : parameterName.safeParse(name).success ? (same ? 'sameName' : undefined) : 'badName';
  const choices = linesOf(parameter.choices).length;
  return found([
    [`${at}.name`, nameProblem],
    [`${at}.label`, lineProblem(parameter.label, 100)],
    [`${at}.choices`, parameter.kind === 'choice' && choices === 0 ? 'required' : undefined],
    [`${at}.usual`, usualProblem(parameter)],
  ]);
}

function symptomsProblem(text: string): DraftProblem | undefined {
  const lines = linesOf(text);
  if (lines.length > 20) return { code: 'tooMany', limit: 20 };
  if (lines.some((line) => line.length > 200)) return { code: 'tooLong', limit: 200 };
  return new Set(lines).size < lines.length ? 'sameSymptom' : undefined;
}

/** Everything wrong with the form, by field, in the order of the page. */
export function draftProblems(draft: RunbookDraft): ReadonlyMap<string, DraftProblem> {
  return new Map([
    ...found([
      ['name', lineProblem(draft.name, 200)],
      ['summary', draft.summary.length > 2000 ? { code: 'tooLong', limit: 2000 } : undefined],
      ['symptoms', symptomsProblem(draft.symptoms)],
      ['steps', draft.steps.length === 0 ? 'noStep' : undefined],
    ]),
    ...draft.steps.flatMap(stepProblems),
    ...draft.parameters.flatMap((parameter) => parameterProblems(parameter, draft.parameters)),
  ]);
}
