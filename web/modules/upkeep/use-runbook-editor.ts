import { useState } from 'react';
import { z } from 'zod';
import { afterClick } from '#web/ui/after-click.ts';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { useUi } from '#web/ui/words.ts';
import { draftProblems, type DraftProblem } from './draft-problems.ts';
import { parameterKinds, stepKinds, type RunbookDraft } from './runbook-draft.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';

const kept = z.object({
  name: z.string(),
  summary: z.string(),
  safe: z.boolean(),
  symptoms: z.string(),
  parameters: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      label: z.string(),
      kind: z.enum(parameterKinds),
      choices: z.string(),
      usual: z.string(),
      required: z.boolean(),
    }),
  ),
  steps: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(stepKinds),
      title: z.string(),
      onFailure: z.enum(['stop', 'continue']),
      command: z.string(),
      sudo: z.boolean(),
      timeout: z.string(),
      seconds: z.string(),
      instruction: z.string(),
    }),
  ),
});

function readDraft(text: string): RunbookDraft | undefined {
  try {
    const read = kept.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The editor's form: what is typed outlives leaving the page, and problems are told as one leaves a field. */
export interface RunbookEditor {
  draft: RunbookDraft;
  restored: boolean;
  change: (changed: Partial<RunbookDraft>) => void;
  leave: (path: string) => void;
  errorOf: (path: string) => string | undefined;
  /** Everything wrong that is shown now. */
  wrong: readonly { path: string; error: string }[];
  /** True when it may be sent; from then on every problem is shown. */
  trySend: () => boolean;
  discard: () => void;
}

/** @param name says whose draft it is */
export function useRunbookEditor(
  name: string,
  start: RunbookDraft,
  refused: Readonly<Record<string, string>>,
): RunbookEditor {
  const sentence = useProblemSentence();
  const text = useKeptText(`runbook.${name}`);
  const draft = (text.text === '' ? undefined : readDraft(text.text)) ?? start;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState(false);
  const problems = draftProblems(draft);
  const errorOf = (path: string): string | undefined => {
    const problem = sent || left.has(path) ? problems.get(path) : undefined;
    return problem === undefined ? refused[path] : sentence(problem);
  };
  const paths = new Set([...problems.keys(), ...Object.keys(refused)]);
  paths.delete('');
  return {
    draft,
    restored: text.restored,
    change: (changed) => text.change(JSON.stringify({ ...draft, ...changed })),
    leave: (path) => afterClick(() => setLeft((before) => new Set([...before, path]))),
    errorOf,
    wrong: [...paths].flatMap((path) => {
      const error = errorOf(path);
      return error === undefined ? [] : [{ path, error }];
    }),
    trySend: () => {
      setSent(true);
      return problems.size === 0;
    },
    discard: text.drop,
  };
}

function useProblemSentence(): (problem: DraftProblem) => string {
  const { editor } = useUpkeepTexts();
  const { form } = useUi().words;
  return (problem) => {
    if (typeof problem === 'object') return form[problem.code](problem.limit);
    switch (problem) {
      case 'required':
      case 'notNumber':
      case 'notInteger':
        return form[problem];
      default:
        return editor[problem];
    }
  };
}
