import { useQuery } from '@tanstack/react-query';
import { level, ticketKind } from '#contract/desk.ts';
import type { TicketEdit, TicketSheet } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { FactsPanel, type Fact, type FactEdit } from '#web/ui/facts-panel.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { useOperators } from '../use-operators.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { PriorityEditor } from './priority-editor.tsx';
import { PriorityMark } from './priority-mark.tsx';
import { RequesterEditor } from './requester-editor.tsx';
import { adoptSheet } from './sheet-queries.ts';
import { StateEditor } from './state-editor.tsx';
import { useTicketTexts } from './ticket-texts.ts';
import { useWatcherFact } from './watcher-fact.tsx';
import { WhenEditor } from '../levels/when-editor.tsx';
import { useWorkTexts } from './work-texts.ts';

const quiet = (word: string) => <span className="v-quiet">{word}</span>;

function ownMoment(label: string, value: string | null, save: (value: string | null) => Promise<void>): FactEdit {
  return {
    kind: 'own',
    render: (onEnd) => <WhenEditor label={label} value={value} save={save} onEnd={onEnd} />,
  };
}

/** What is known of a ticket of any kind, each part editable in its place. */
export function TicketSheetFacts({ sheet }: { sheet: TicketSheet }) {
  const texts = useTicketTexts();
  const work = useWorkTexts();
  const forbidden = useRefusal('desk.write');
  const older = useDeskTexts();
  const over = sheet.state === 'resolved' || sheet.state === 'cancelled';
  const refusal = over ? (forbidden ?? older.resolvedAlready) : forbidden;
  const edit = async (edited: TicketEdit): Promise<void> =>
    adoptSheet(await spoken(client.desk.tickets.edit({ id: sheet.id, ...edited })));
  const workaround: Fact = {
    name: 'workaround',
    label: work.problem.workaround,
    shown: sheet.workaround === '' ? quiet(texts.facts.none) : <PlainText text={sheet.workaround} />,
    refusal,
    edit: { kind: 'text', value: sheet.workaround, save: (said) => edit({ workaround: said }) },
  };
  const facts: readonly Fact[] = [
    {
      name: 'title',
      label: older.facts.title,
      shown: sheet.title,
      refusal,
      edit: { kind: 'line', value: sheet.title, save: (title) => edit({ title }) },
    },
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
      edit: ownMoment(texts.facts.due, sheet.dueAt, (dueAt) => edit({ dueAt })),
    },
    {
      name: 'snooze',
      label: texts.facts.snooze,
      shown: sheet.snoozedUntil === null ? quiet(texts.facts.none) : <Time at={sheet.snoozedUntil} show="clock" />,
      refusal,
      edit: ownMoment(texts.facts.snooze, sheet.snoozedUntil, (snoozedUntil) => edit({ snoozedUntil })),
    },
    useWatcherFact(sheet),
    ...(sheet.kind === 'problem' ? [workaround] : []),
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
            edit: { kind: 'own' as const, render: (onEnd) => <StateEditor sheet={sheet} onEnd={onEnd} /> },
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
      edit: { kind: 'own', render: (onEnd) => <PriorityEditor sheet={sheet} edit={edit} onEnd={onEnd} /> },
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
      kind: 'own',
      render: (onEnd) => (
        <RequesterEditor requester={requester} save={(requesterId) => edit({ requesterId })} onEnd={onEnd} />
      ),
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
