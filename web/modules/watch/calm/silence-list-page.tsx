import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { Silence } from '#contract/alert.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { nowMs } from '#web/ui/clock.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage, type BulkAction } from '#web/ui/list/list-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { nextWorkday } from './next-workday.ts';
import { useSections } from '../use-sections.ts';

const hourMs = 3_600_000;
const listQuery = (ended: boolean) => api.watch.silences.list.queryOptions({ input: ended ? { ended: 'true' } : {} });

export const loader = ({ request }: { request: Request }) =>
  ready(listQuery(new URL(request.url).searchParams.has('ended')));

/** What a silence is about, in words. */
export function useCovers(): (silence: Silence) => string {
  const { covers } = useCalmTexts().silences;
  return ({ target, tag, below, checkName, checkTarget, checkKind, pattern }) => {
    if (tag !== null) return covers.tag(tag, below);
    if (target !== null) return below ? covers.below(target.name) : target.name;
    if (checkKind !== null) return covers.kind(checkKind);
    if (pattern !== null) return covers.pattern(pattern);
    const name = checkName ?? '–';
    return covers.check(checkTarget === null ? name : `${checkTarget} – ${name}`);
  };
}

function hrefOf({ id }: Silence): string {
  return paths.silence(id);
}

/** It is worth a word this long before the end. */
const soonMs = 3_600_000;

function isEndingSoon({ until, endedAt }: Silence): boolean {
  return endedAt === null && Date.parse(until) - nowMs() < soonMs;
}

/** What it holds back now: the first names, and how many more. */
function Holds({ silence: { held, holds } }: { silence: Silence }) {
  const { more } = useCalmTexts().silences;
  if (held === 0) return <span className="v-quiet">0</span>;
  const names = holds.map(({ name, target }) => `${target} – ${name}`);
  const shown = names.slice(0, 2).join(', ');
  return (
    <span title={names.join('\n')}>
      <strong>{held}</strong> <span className="v-quiet">{held > 2 ? `${shown} ${more(held - 2)}` : shown}</span>
    </span>
  );
}

function By({ silence: { by, changedBy } }: { silence: Silence }) {
  const { changedByName } = useCalmTexts().silences;
  return (
    <>
      {by.name}
      {changedBy !== null && changedBy !== by.name && <span className="v-quiet"> {changedByName(changedBy)}</span>}
    </>
  );
}

/** When it ends, and what it holds back meanwhile. */
function nowColumns(texts: ReturnType<typeof useCalmTexts>['silences']): readonly Column<Silence>[] {
  const { columns } = texts;
  return [
    {
      name: 'until',
      title: columns.until,
      value: (silence) => new Date(silence.until),
      cell: (silence) => (
        <>
          <Time at={silence.until} show="clock" />
          {isEndingSoon(silence) && <strong className="v-silence-soon"> {texts.soon}</strong>}
        </>
      ),
      width: '150px',
      onPhone: true,
    },
    {
      name: 'soon',
      title: columns.soon,
      value: (silence) => (isEndingSoon(silence) ? 'yes' : 'no'),
      choices: [
        { value: 'yes', label: texts.soonChoices.yes },
        { value: 'no', label: texts.soonChoices.no },
      ],
      width: '110px',
      optional: true,
    },
    {
      name: 'held',
      title: columns.held,
      value: (silence) => silence.held,
      cell: (silence) => <Holds silence={silence} />,
      width: 'minmax(90px, 1fr)',
    },
  ];
}

function useColumns(ended: boolean): readonly Column<Silence>[] {
  const texts = useCalmTexts().silences;
  const { columns } = texts;
  const covers = useCovers();
  const endsText = ({ ends, ticket, unlessWorse }: Silence): string => {
    const when = ticket === null ? texts.ends[ends] : texts.ends.ticket(ticket.number);
    return unlessWorse ? `${when}, ${texts.unlessWorse}` : when;
  };
  const first: readonly Column<Silence>[] = [
    { name: 'covers', title: columns.covers, value: covers, width: 'minmax(130px, 1.4fr)' },
    { name: 'reason', title: columns.reason, value: (silence) => silence.reason, width: 'minmax(120px, 1.4fr)' },
    { name: 'ends', title: columns.ends, value: endsText, width: 'minmax(110px, 1fr)' },
  ];
  const last: readonly Column<Silence>[] = [
    {
      name: 'by',
      title: columns.by,
      value: (silence) => silence.by.name,
      cell: (silence) => <By silence={silence} />,
      width: '110px',
    },
    {
      name: 'since',
      title: columns.since,
      value: (silence) => new Date(silence.createdAt),
      cell: (silence) => <Time at={silence.createdAt} />,
      width: '96px',
    },
  ];
  if (ended) {
    return [
      ...first,
      {
        name: 'ended',
        title: columns.ended,
        value: (silence) => (silence.endedAt === null ? null : new Date(silence.endedAt)),
        cell: (silence) => (
          <>
            {silence.endedAt !== null && <Time at={silence.endedAt} />}{' '}
            <span className="v-quiet">
              {silence.endedWhy !== null && texts.endedWhy[silence.endedWhy]}
              {silence.endedBy !== null && ` ${texts.endedBy(silence.endedBy)}`}
            </span>
          </>
        ),
        width: '220px',
        onPhone: true,
      },
      ...last,
    ];
  }
  return [...first, ...nowColumns(texts), ...last];
}

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.key() });

function each(act: (silence: Silence) => Promise<unknown>): (rows: readonly Silence[]) => void {
  return (rows) => void Promise.all(rows.map(act)).then(renew, renew);
}

function extend(until: (silence: Silence) => Date): (rows: readonly Silence[]) => void {
  return each((silence) => client.watch.silences.change({ id: silence.id, until: until(silence).toISOString() }));
}

function longer({ until }: Silence): Date {
  return new Date(Math.max(nowMs(), Date.parse(until)) + hourMs);
}

/** What can be done to chosen silences; those that have ended stay as they are. */
function useBulk(ended: boolean, refusal: string | undefined): readonly BulkAction<Silence>[] {
  const texts = useCalmTexts().silences;
  const { timeZone } = useUi();
  if (ended) return [];
  const actions = [
    { name: 'end', title: texts.end, run: each(({ id }) => client.watch.silences.end({ id })) },
    { name: 'hour', title: texts.hour, run: extend(longer) },
    { name: 'workday', title: texts.workday, run: extend(() => nextWorkday(nowMs(), timeZone)) },
  ];
  return actions.map((action) => ({ ...action, refusal: () => refusal }));
}

/** All silences: in force with what they hold back, or ended with who ended them and why. */
export function SilenceListPage() {
  const texts = useCalmTexts().silences;
  const [params] = useSearchParams();
  const ended = params.has('ended');
  const { data } = useSuspenseQuery(listQuery(ended));
  const refusal = useRefusal('watch.act');
  const sections = useSections();
  const add = useNewAction({ list: texts.title, label: texts.new, to: paths.silenceNew(), permission: 'watch.act' });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name={ended ? 'silences-ended' : 'silences'}
        title={texts.title}
        neighbours={sections}
        columns={useColumns(ended)}
        rows={data.items}
        idOf={(silence) => silence.id}
        nameOf={useCovers()}
        hrefOf={hrefOf}
        usualSort={ended ? '-ended' : 'until'}
        bulk={useBulk(ended, refusal)}
        actions={
          <>
            <ActionButton to={ended ? paths.silences() : paths.silences('ended')}>
              {ended ? texts.views.open : texts.views.ended}
            </ActionButton>
            {add}
          </>
        }
        empty={
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
