import { useSuspenseQuery } from '@tanstack/react-query';
import type { ToldAnomaly } from '#contract/advice-anomalies.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { spoken } from '#web/shell/spoken.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage, type BulkAction } from '#web/ui/list/list-page.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { Time } from '#web/ui/time.tsx';
import { anomaliesQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';
import { useSections } from './use-sections.ts';
import './advice.css';

function useColumns(): readonly Column<ToldAnomaly>[] {
  const { anomalies: texts } = useAdviceTexts();
  const { columns } = texts;
  const state = (row: ToldAnomaly): string => (row.overWhy === null ? texts.goingOn : texts.over[row.overWhy]);
  return [
    {
      name: 'what',
      title: columns.what,
      value: (row) => row.label,
      cell: (row) => (
        <>
          {row.label}
          <span className="v-advice-on-phone v-quiet">
            {row.target?.name ?? row.checkName} · {row.sentence}
          </span>
        </>
      ),
      width: 'minmax(130px, 1.2fr)',
    },
    {
      name: 'on',
      title: columns.on,
      value: (row) => row.target?.name ?? '',
      cell: (row) => (row.target === null ? null : <ThingLink thing={row.target} />),
      width: 'minmax(90px, 0.8fr)',
    },
    { name: 'check', title: columns.check, value: (row) => row.checkName, width: 'minmax(100px, 1fr)', optional: true },
    {
      name: 'sentence',
      title: columns.sentence,
      value: (row) => row.sentence,
      cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
      width: 'minmax(200px, 3fr)',
    },
    {
      name: 'since',
      title: columns.since,
      value: (row) => new Date(row.since),
      cell: (row) => <Time at={row.since} />,
      width: '100px',
      onPhone: true,
    },
    {
      name: 'state',
      title: columns.state,
      value: (row) => row.overWhy ?? 'open',
      cell: (row) => (
        <>
          {state(row)}
          {row.alerting && row.overWhy === null && <strong> {texts.alerting}</strong>}
        </>
      ),
      choices: [
        { value: 'open', label: texts.goingOn },
        { value: 'back', label: texts.over.back },
        { value: 'learnt', label: texts.over.learnt },
        { value: 'normal', label: texts.over.normal },
      ],
      width: 'minmax(120px, 0.9fr)',
    },
  ];
}

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.advice.key() });

/** Says of several at once that they are normal, and takes it back. */
function useBulk(): readonly BulkAction<ToldAnomaly>[] {
  const { anomalies: texts } = useAdviceTexts();
  const refusal = useRefusal('advice.act');
  const calm = async (rows: readonly ToldAnomaly[]): Promise<void> => {
    const ids: string[] = [];
    for (const { id } of rows) ids.push((await spoken(client.advice.anomalies.normal({ id }))).id);
    await renew();
    offerUndo(texts.told, texts.undo, async () => {
      for (const id of ids) await client.advice.normals.end({ id });
      await renew();
    });
  };
  return [
    {
      name: 'normal',
      title: texts.normal,
      refusal: () => refusal,
      run: (rows) => void calm(rows.filter(({ overWhy }) => overWhy !== 'normal')).catch(() => renew()),
    },
  ];
}

/** What was odd about measurements, newest first. */
export function AnomalyListPage() {
  const { anomalies: texts } = useAdviceTexts();
  const { items, total } = useSuspenseQuery(anomaliesQuery).data;
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="anomalies"
        title={texts.title}
        neighbours={useSections()}
        columns={useColumns()}
        rows={items}
        total={total}
        idOf={(row) => row.id}
        nameOf={(row) => `${row.label} – ${row.target?.name ?? ''}`}
        hrefOf={(row) => paths.check(row.checkId)}
        usualSort="-since"
        views={[{ title: texts.views.open, filter: 'state:open' }]}
        bulk={useBulk()}
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
      />
    </>
  );
}
