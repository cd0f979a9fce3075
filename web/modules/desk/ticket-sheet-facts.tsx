import { useQuery } from '@tanstack/react-query';
import { v7 as uuid } from 'uuid';
import { level, priority as priorityWord, ticketKind, ticketState } from '#contract/desk.ts';
import type { TicketEdit, TicketSheet } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useOperators } from './use-operators.ts';
import { useDeskTexts } from './desk-texts.ts';
import { PriorityMark } from './priority-mark.tsx';
import { adoptSheet } from './sheet-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';

const quiet = (word: string) => <span className="v-quiet">{word}</span>;

/** The requester whom a typed name or address means: somebody known, else a new one. */
async function requesterOf(typed: string): Promise<string | null> {
  const text = typed.trim();
  if (text === '') return null;
  const { items } = await client.desk.requesters.list({ search: text, limit: 1 });
  const [known] = items;
  if (known !== undefined && known.id !== null) return known.id;
  const mail = /[^\s<>]+@[^\s<>]+/u.exec(text)?.[0] ?? null;
  const name = known?.name ?? (text.replace(/<?[^\s<>]+@[^\s<>]+>?/u, '').trim() || text);
  const made = await client.desk.requesters.put({
    id: uuid(),
    personId: known?.personId ?? null,
    name,
    mail: known?.mail ?? mail,
  });
  return made.id;
}

function moment(typed: string): string | null {
  if (typed.trim() === '') return null;
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? typed : at.toISOString();
}

/** What is known of a ticket of any kind, each part editable in its place. */
export function TicketSheetFacts({ sheet }: { sheet: TicketSheet }) {
  const texts = useTicketTexts();
  const forbidden = useRefusal('desk.write');
  const { resolvedAlready } = useDeskTexts();
  const over = sheet.state === 'resolved' || sheet.state === 'cancelled';
  const refusal = over ? (forbidden ?? resolvedAlready) : forbidden;
  const edit = async (edited: TicketEdit): Promise<void> =>
    adoptSheet(await spoken(client.desk.tickets.edit({ id: sheet.id, ...edited })));
  const facts: readonly Fact[] = [
    ...useStateFacts(sheet, refusal, edit),
    ...usePeopleFacts(sheet, refusal, edit),
    {
      name: 'tags',
      label: texts.facts.tags,
      shown: sheet.tags.length === 0 ? quiet(texts.facts.none) : sheet.tags.join(', '),
      refusal,
      edit: {
        kind: 'line',
        value: sheet.tags.join(', '),
        save: (value) => edit({ tags: value.split(/[\s,]+/u).filter((tag) => tag !== '') }),
      },
    },
    {
      name: 'due',
      label: texts.facts.due,
      shown: sheet.dueAt === null ? quiet(texts.facts.none) : <Time at={sheet.dueAt} show="clock" />,
      refusal,
      edit: { kind: 'line', value: sheet.dueAt ?? '', save: (value) => edit({ dueAt: moment(value) }) },
    },
    {
      name: 'snooze',
      label: texts.facts.snooze,
      shown: sheet.snoozedUntil === null ? quiet(texts.facts.none) : <Time at={sheet.snoozedUntil} show="clock" />,
      refusal,
      edit: { kind: 'line', value: sheet.snoozedUntil ?? '', save: (value) => edit({ snoozedUntil: moment(value) }) },
    },
    ...(sheet.satisfaction === null
      ? []
      : [
          {
            name: 'satisfaction',
            label: texts.facts.satisfaction,
            shown: `${texts.facts.scores[sheet.satisfaction.score - 1] ?? ''}${sheet.satisfaction.comment === '' ? '' : ` · ${sheet.satisfaction.comment}`}`,
          },
        ]),
    ...(sheet.minutes === 0
      ? []
      : [{ name: 'time', label: texts.facts.time, shown: texts.facts.minutes(sheet.minutes) }]),
  ];
  return <FactsPanel title={texts.facts.title} facts={facts} />;
}

const choices = (options: readonly string[], names: Readonly<Record<string, string>>) =>
  options.map((value) => ({ value, label: names[value] ?? value }));

const orNone = (all: readonly { value: string; label: string }[], none: string) => [{ value: '', label: none }, ...all];

type Edit = (edited: TicketEdit) => Promise<void>;

function useStateFacts(sheet: TicketSheet, refusal: string | undefined, edit: Edit): readonly Fact[] {
  const texts = useTicketTexts();
  const { words } = useUi();
  const forbidden = useRefusal('desk.write');
  return [
    {
      name: 'state',
      label: texts.facts.state,
      shown: (
        <>
          <PhaseBadge phase={sheet.state} /> {sheet.waitingFor !== null && quiet(texts.waits[sheet.waitingFor])}
        </>
      ),
      ...(sheet.moves.length === 0
        ? {}
        : {
            refusal: forbidden,
            edit: {
              kind: 'choice' as const,
              value: sheet.state,
              choices: choices([sheet.state, ...sheet.moves], words.phases),
              save: async (to: string) =>
                adoptSheet(await spoken(client.desk.tickets.move({ id: sheet.id, to: ticketState.parse(to) }))),
            },
          }),
    },
    {
      name: 'kind',
      label: texts.facts.kind,
      shown: texts.kinds[sheet.kind],
      refusal,
      edit: {
        kind: 'choice',
        value: sheet.kind,
        choices: choices(ticketKind.options, texts.kinds),
        save: (value) => edit({ kind: ticketKind.parse(value) }),
      },
    },
    ...useWeights(sheet, refusal, edit),
  ];
}

/** How much it matters. */
function useWeights(sheet: TicketSheet, refusal: string | undefined, edit: Edit): readonly Fact[] {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const weigh = (name: 'impact' | 'urgency'): Fact => ({
    name,
    label: texts.facts[name],
    shown: sheet[name] === null ? quiet(texts.facts.unweighed) : texts.levels[sheet[name]],
    refusal,
    edit: {
      kind: 'choice',
      value: sheet[name] ?? '',
      choices: [{ value: '', label: texts.facts.unweighed }, ...choices(level.options, texts.levels)],
      save: (value) => edit({ [name]: value === '' ? null : level.parse(value) }),
    },
  });
  return [
    weigh('impact'),
    weigh('urgency'),
    {
      name: 'priority',
      label: texts.facts.priority,
      shown: (
        <>
          <PriorityMark priority={sheet.priority} /> {sheet.priorityReason !== '' && quiet(sheet.priorityReason)}
        </>
      ),
      refusal,
      edit: {
        kind: 'choice',
        value: sheet.priority,
        choices: choices(priorityWord.options, older.priorities),
        save: (value) => edit({ priority: priorityWord.parse(value) }),
      },
    },
  ];
}

function useRequester(sheet: TicketSheet, refusal: string | undefined, edit: Edit): Fact {
  const texts = useTicketTexts();
  const { requester } = sheet;
  return {
    name: 'requester',
    label: texts.facts.requester,
    shown:
      requester === null ? (
        quiet(texts.facts.none)
      ) : (
        <span>
          {requester.name} {requester.mail !== null && quiet(requester.mail)} {requester.phone}
        </span>
      ),
    refusal,
    edit: {
      kind: 'line',
      value: requester?.name ?? '',
      save: async (typed) => edit({ requesterId: await spoken(requesterOf(typed)) }),
    },
  };
}

function usePeopleFacts(sheet: TicketSheet, refusal: string | undefined, edit: Edit): readonly Fact[] {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const language = useLanguage();
  const operators = useOperators();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(api.desk.categories.list.queryOptions({ input: {} })).data?.items ?? [];
  return [
    useRequester(sheet, refusal, edit),
    {
      name: 'assignee',
      label: texts.facts.assignee,
      shown: sheet.assignee?.name ?? quiet(older.nobody),
      refusal,
      edit: {
        kind: 'choice',
        value: sheet.assignee?.id ?? '',
        choices: orNone(operators, older.nobody),
        save: (value) => edit({ assigneeId: value === '' ? null : value }),
      },
    },
    {
      name: 'team',
      label: texts.facts.team,
      shown: sheet.team?.name ?? quiet(texts.facts.none),
      refusal,
      edit: {
        kind: 'choice',
        value: sheet.team?.id ?? '',
        choices: orNone(
          teams.map(({ id, name }) => ({ value: id, label: name })),
          texts.facts.none,
        ),
        save: (value) => edit({ teamId: value === '' ? null : value }),
      },
    },
    {
      name: 'category',
      label: texts.facts.category,
      shown: sheet.category?.name ?? quiet(texts.facts.none),
      refusal,
      edit: {
        kind: 'choice',
        value: sheet.category?.id ?? '',
        choices: orNone(
          categories.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name[language] })),
          texts.facts.none,
        ),
        save: (value) => edit({ categoryId: value === '' ? null : value }),
      },
    },
  ];
}
