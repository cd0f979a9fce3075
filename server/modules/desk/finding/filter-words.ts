import { priority, ticketKind, ticketState, type TicketKind, type TicketState } from '#contract/desk.ts';
import { foldText } from './fold-text.ts';

/** What somebody typed into the filter of a list or into the search, understood but not looked up yet. */
export interface TicketFilter {
  readonly states: readonly TicketState[];
  /** `open`: not over. */
  readonly over: boolean | null;
  readonly kinds: readonly TicketKind[];
  readonly priorities: readonly string[];
  readonly assignee: Who | null;
  readonly watcher: Who | null;
  readonly requester: string | null;
  readonly team: string | null;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly withoutTags: readonly string[];
  readonly due: 'overdue' | 'today' | 'week' | 'none' | null;
  readonly promise: 'none' | 'kept' | 'near' | 'broken' | 'paused' | null;
  readonly updatedDays: number | null;
  readonly snoozed: boolean | null;
  readonly lastWord: 'requester' | 'operator' | null;
  readonly number: number | null;
  readonly words: readonly string[];
  /** What stood in quotes: it has to stand so. */
  readonly exact: readonly string[];
  /** Words with a colon that mean nothing here. */
  readonly unknown: readonly string[];
}
export type Who =
  | { readonly who: 'me' }
  | { readonly who: 'nobody' }
  | { readonly who: 'named'; readonly name: string };

type Draft = { -readonly [Key in keyof TicketFilter]: TicketFilter[Key] };

const empty: TicketFilter = {
  states: [],
  over: null,
  kinds: [],
  priorities: [],
  assignee: null,
  watcher: null,
  requester: null,
  team: null,
  category: null,
  tags: [],
  withoutTags: [],
  due: null,
  promise: null,
  updatedDays: null,
  snoozed: null,
  lastWord: null,
  number: null,
  words: [],
  exact: [],
  unknown: [],
};

/** Both languages' words for what the API calls by one; folded. */
const stateWords: Readonly<Record<string, TicketState>> = {
  ...Object.fromEntries(ticketState.options.map((state) => [state, state])),
  encours: 'in_progress',
  attente: 'waiting',
  aconfirmer: 'solved',
  erreurconnue: 'known_error',
  approbation: 'approval',
  approuve: 'approved',
  arevoir: 'review',
  resolu: 'resolved',
  annule: 'cancelled',
};
const kindWords: Readonly<Record<string, TicketKind>> = {
  ...Object.fromEntries(ticketKind.options.map((kind) => [kind, kind])),
  demande: 'request',
  probleme: 'problem',
  changement: 'change',
};
const priorityWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(priority.options.map((one) => [one, one])),
  basse: 'low',
  normale: 'normal',
  haute: 'high',
  critique: 'critical',
};
const dueWords: Readonly<Record<string, NonNullable<TicketFilter['due']>>> = {
  overdue: 'overdue',
  retard: 'overdue',
  today: 'today',
  aujourdhui: 'today',
  week: 'week',
  semaine: 'week',
  none: 'none',
  aucune: 'none',
};

const promiseWords: Readonly<Record<string, NonNullable<TicketFilter['promise']>>> = {
  none: 'none',
  aucun: 'none',
  kept: 'kept',
  tenu: 'kept',
  near: 'near',
  soon: 'near',
  proche: 'near',
  broken: 'broken',
  late: 'broken',
  depasse: 'broken',
  paused: 'paused',
  pause: 'paused',
};

/** The words of a list such as `open,waiting` that the table knows; null when one is not known. */
function known<Value>(value: string, table: Readonly<Record<string, Value>>): Value[] | null {
  const found = value.split(',').map((one) => {
    const key = foldText(one).replaceAll(/['\s_-]/gu, '');
    return Object.entries(table).find(([name]) => name.replaceAll('_', '') === key)?.[1];
  });
  return found.some((one) => one === undefined) ? null : found.flatMap((one) => (one === undefined ? [] : [one]));
}

function whoOf(value: string): Who {
  const folded = foldText(value);
  if (folded === 'me' || folded === 'moi') return { who: 'me' };
  if (folded === 'nobody' || folded === 'none' || folded === 'personne') return { who: 'nobody' };
  return { who: 'named', name: value };
}

type Reader = (draft: Draft, value: string, not: boolean) => boolean;

function listReader<Key extends 'kinds' | 'priorities'>(
  key: Key,
  table: Readonly<Record<string, TicketFilter[Key][number]>>,
): Reader {
  return (draft, value) => {
    const found = known<TicketFilter[Key][number]>(value, table);
    if (found === null) return false;
    Object.assign(draft, { [key]: [...draft[key], ...found] });
    return true;
  };
}

const readState: Reader = (draft, value, not) => {
  const folded = foldText(value);
  if (['open', 'ouvert', 'ouverts'].includes(folded)) draft.over = not;
  else if (['closed', 'clos', 'over'].includes(folded)) draft.over = !not;
  else {
    const found = known(value, stateWords);
    if (found === null) return false;
    draft.states = not ? ticketState.options.filter((state) => !found.includes(state)) : [...draft.states, ...found];
  }
  return true;
};

const nameReader =
  (key: 'requester' | 'team' | 'category'): Reader =>
  (draft, value) => {
    draft[key] = value;
    return true;
  };

const yesNo: Readonly<Record<string, boolean>> = { yes: true, oui: true, no: false, non: false };

const readers: Readonly<Record<string, Reader>> = {
  state: readState,
  kind: listReader('kinds', kindWords),
  priority: listReader('priorities', priorityWords),
  assignee: (draft, value) => {
    draft.assignee = whoOf(value);
    return true;
  },
  watched: (draft, value) => {
    draft.watcher = whoOf(value);
    return true;
  },
  requester: nameReader('requester'),
  team: nameReader('team'),
  category: nameReader('category'),
  tag: (draft, value, not) => {
    const tags = value.split(',').flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim().toLowerCase()]));
    if (not) draft.withoutTags = [...draft.withoutTags, ...tags];
    else draft.tags = [...draft.tags, ...tags];
    return tags.length > 0;
  },
  due: (draft, value) => {
    draft.due = known(value, dueWords)?.[0] ?? null;
    return draft.due !== null;
  },
  promise: (draft, value) => {
    draft.promise = known(value, promiseWords)?.[0] ?? null;
    return draft.promise !== null;
  },
  updated: (draft, value) => {
    const days = /^(?<count>\d{1,4})(?:d|j)$/u.exec(value)?.groups?.['count'];
    draft.updatedDays = days === undefined ? null : Number(days);
    return days !== undefined;
  },
  snoozed: (draft, value) => {
    draft.snoozed = yesNo[foldText(value)] ?? null;
    return draft.snoozed !== null;
  },
  last: (draft, value) => {
    const folded = foldText(value);
    draft.lastWord = ['requester', 'demandeur'].includes(folded)
      ? 'requester'
      : ['operator', 'operateur', 'us', 'nous'].includes(folded)
        ? 'operator'
        : null;
    return draft.lastWord !== null;
  },
};

const keys: Readonly<Record<string, string>> = {
  state: 'state',
  etat: 'state',
  kind: 'kind',
  genre: 'kind',
  type: 'kind',
  priority: 'priority',
  priorite: 'priority',
  assignee: 'assignee',
  with: 'assignee',
  assigne: 'assignee',
  avec: 'assignee',
  watched: 'watched',
  suivi: 'watched',
  requester: 'requester',
  demandeur: 'requester',
  team: 'team',
  equipe: 'team',
  category: 'category',
  categorie: 'category',
  tag: 'tag',
  etiquette: 'tag',
  due: 'due',
  echeance: 'due',
  promise: 'promise',
  engagement: 'promise',
  updated: 'updated',
  modifie: 'updated',
  snoozed: 'snoozed',
  reporte: 'snoozed',
  last: 'last',
  dernier: 'last',
};

/** Reads typed words such as `state:open assignee:me tag:vpn "exact words" printer`, in both languages. */
export function readFilter(typed: string): TicketFilter {
  const draft: Draft = { ...empty };
  const token =
    /(?<not>-)?(?:(?<key>\p{L}+):(?:"(?<quoted>[^"]*)"|(?<value>[^\s"]+))|"(?<exact>[^"]+)"?|(?<word>[^\s"]+))/gu;
  for (const { groups = {} } of typed.matchAll(token)) {
    const { not, key, quoted, value, exact, word } = groups;
    if (key !== undefined) {
      const reader = readers[keys[foldText(key)] ?? ''];
      const meant = quoted ?? value ?? '';
      if (reader === undefined || meant === '' || !reader(draft, meant, not !== undefined))
        draft.unknown = [...draft.unknown, `${key}:${meant}`];
    } else if (exact !== undefined && exact.trim() !== '') draft.exact = [...draft.exact, exact.trim()];
    else if (word !== undefined && /^#?\d{1,9}$/u.test(word) && draft.number === null)
      draft.number = Number(word.replace('#', ''));
    else if (word !== undefined) draft.words = [...draft.words, word];
  }
  return draft;
}
