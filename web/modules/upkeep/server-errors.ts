import type { RunbookDraft } from './runbook-draft.ts';

/** The server counts steps and parameters from 0 and calls some fields otherwise; the form knows them by their keys. */
const names: Readonly<Record<string, string>> = { timeoutSeconds: 'timeout', default: 'usual' };

/** The server's problems by the form's fields. */
export function serverErrors(
  errors: Readonly<Record<string, string>>,
  draft: Pick<RunbookDraft, 'steps' | 'parameters'>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, sentence]) => {
      const [list, at, field] = path.split('.');
      if ((list !== 'steps' && list !== 'parameters') || at === undefined) return [list ?? '', sentence];
      const key = draft[list][Number(at)]?.key;
      if (key === undefined || field === undefined) return [list, sentence];
      return [`${list}.${key}.${names[field] ?? field}`, sentence];
    }),
  );
}
