import type { Language } from '#contract/words.ts';
import type { FieldText, Metric, ReasonOf } from './check-kind.ts';
import type { Finding, LimitReasons } from './limit-reasons.ts';
import { sanitiseOutput } from './sanitise-output.ts';

/** What a query of the settings can say of a database. */
export type QueryReasons = {
  queryGood: { value: string };
  queryOther: { expected: string; value: string };
  queryNoRow: Record<string, never>;
  queryNoNumber: { value: string };
  queryFailed: { said: string; state: string };
};

/** The settings by which its first value is judged. */
export interface QueryWishes {
  readonly queryExpected: string;
  readonly queryAbove: number | null;
  readonly queryBelow: number | null;
  readonly beyondIs: 'degraded' | 'down';
}

type Reason = ReasonOf<QueryReasons & LimitReasons>;

/** What a query said: what counts against the target, the sentence when nothing does, and its measures. */
export interface QueryFinding {
  readonly found: readonly Finding<Reason>[];
  readonly good?: Reason;
  readonly metrics: readonly Metric[];
  readonly lines: readonly string[];
}

/** A query that was not asked. */
export const noQuery: QueryFinding = { found: [], metrics: [], lines: [] };

/** A query that the server refused or that failed; `state` is the server's code. */
export function queryFailed(error: unknown, state: string): QueryFinding {
  const said = sanitiseOutput(error instanceof Error ? error.message : String(error), 300);
  return down({ code: 'queryFailed', data: { said, state } });
}

function down(reason: Reason): QueryFinding {
  return { ...noQuery, found: [{ verdict: 'down', reason }] };
}

/** The verdict on the first value of a query: undefined without rows, null for NULL, else as the server writes it. */
export function judgeFirstValue(
  { queryExpected, queryAbove, queryBelow, beyondIs }: QueryWishes,
  first: string | null | undefined,
): QueryFinding {
  if (first === undefined) return down({ code: 'queryNoRow', data: {} });
  const value = sanitiseOutput(first ?? 'NULL', 200).replaceAll('\n', ' ');
  const number = first === null || first.trim() === '' ? Number.NaN : Number(first);
  const isNumber = Number.isFinite(number);
  const metrics: Metric[] = isNumber ? [{ name: 'queryValue', unit: 'number', value: number }] : [];
  if (queryExpected !== '' && first !== queryExpected) {
    return { ...down({ code: 'queryOther', data: { expected: queryExpected, value } }), metrics };
  }
  if (!isNumber && (queryAbove !== null || queryBelow !== null))
    return down({ code: 'queryNoNumber', data: { value } });
  // A limit of zero is a limit here: it was typed.
  const beyond = (code: 'above' | 'below', limit: number): Finding<Reason> => ({
    verdict: beyondIs,
    reason: { code, data: { metric: 'queryValue', instance: '', value: number, limit, unit: 'number' } },
  });
  const found = [
    ...(queryAbove !== null && number > queryAbove ? [beyond('above', queryAbove)] : []),
    ...(queryBelow !== null && number < queryBelow ? [beyond('below', queryBelow)] : []),
  ];
  return { found, good: { code: 'queryGood', data: { value } }, metrics, lines: [] };
}

type QueryTexts = { readonly [Code in keyof QueryReasons]: (data: QueryReasons[Code]) => string };

/** The sentences for queries, to be spread into a kind's own. */
export const queryTexts: Readonly<Record<Language, QueryTexts>> = {
  en: {
    queryGood: ({ value }) => `The query gives “${value}”, as wanted.`,
    queryOther: ({ expected, value }) => `The query gives “${value}” instead of “${expected}”.`,
    queryNoRow: () => 'The query gives no row.',
    queryNoNumber: ({ value }) => `The query gives “${value}”, which is not a number to hold against a limit.`,
    queryFailed: ({ said, state }) => `The query failed: ${said} (${state})`,
  },
  fr: {
    queryGood: ({ value }) => `La requête donne « ${value} », comme voulu.`,
    queryOther: ({ expected, value }) => `La requête donne « ${value} » au lieu de « ${expected} ».`,
    queryNoRow: () => 'La requête ne donne aucune ligne.',
    queryNoNumber: ({ value }) => `La requête donne « ${value} », qui n’est pas un nombre à comparer à une limite.`,
    queryFailed: ({ said, state }) => `La requête a échoué : ${said} (${state})`,
  },
};

type QueryField = 'query' | 'queryExpected' | 'queryAbove' | 'queryBelow' | 'backupQuery' | 'maxBackupHours';

/** Words for the settings of queries. */
export const queryFields: Readonly<Record<Language, Readonly<Record<QueryField, FieldText>>>> = {
  en: {
    query: {
      label: 'Own query',
      help: 'One SELECT, run read-only with the run’s time as its limit. Its first value is judged. Empty runs none.',
    },
    queryExpected: { label: 'Expected value', help: 'Down when the first value is another. Empty expects nothing.' },
    queryAbove: { label: 'Limit: value above', help: 'When the first value, a number, is above this. Empty for none.' },
    queryBelow: { label: 'Limit: value below', help: 'When the first value, a number, is below this. Empty for none.' },
    backupQuery: {
      label: 'Backup query',
      help: 'One SELECT whose first value is the moment of the last backup (a timestamp), or its age in seconds.',
    },
    maxBackupHours: { label: 'Limit: age of the backup (h)', help: 'The age of the last backup. 0 for none.' },
  },
  fr: {
    query: {
      label: 'Requête propre',
      help: 'Un SELECT, exécuté en lecture seule dans le temps du passage. Sa première valeur est jugée. Vide : aucune.',
    },
    queryExpected: {
      label: 'Valeur attendue',
      help: 'En panne si la première valeur est autre. Vide : rien d’attendu.',
    },
    queryAbove: {
      label: 'Limite : valeur au-dessus',
      help: 'Quand la première valeur, un nombre, dépasse. Vide : aucune.',
    },
    queryBelow: {
      label: 'Limite : valeur au-dessous',
      help: 'Quand la première valeur, un nombre, est inférieure. Vide : aucune.',
    },
    backupQuery: {
      label: 'Requête de sauvegarde',
      help: 'Un SELECT dont la première valeur est le moment de la dernière sauvegarde, ou son âge en secondes.',
    },
    maxBackupHours: {
      label: 'Limite : âge de la sauvegarde (h)',
      help: 'L’âge de la dernière sauvegarde. 0 : aucune.',
    },
  },
};
