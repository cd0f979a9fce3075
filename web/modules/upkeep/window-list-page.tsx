import { useSuspenseQuery } from '@tanstack/react-query';
import type { MaintenanceWindow } from '#contract/maintenance-window.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { Duration } from '#web/ui/duration.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { windowsQuery } from './upkeep-queries.ts';
import { useSections } from './use-sections.ts';
import { useWindowTexts } from './window-texts.ts';

function turnOf({ current, next, startsAt }: MaintenanceWindow): string {
  return current?.from ?? next[0]?.from ?? startsAt;
}

async function end(rows: readonly MaintenanceWindow[]): Promise<void> {
  const going = rows.filter(({ endedAt }) => endedAt === null);
  await Promise.all(going.map(({ id }) => client.upkeep.windows.end({ id })));
  await queryClient.invalidateQueries({ queryKey: api.upkeep.windows.key() });
}

function useColumns(): readonly Column<MaintenanceWindow>[] {
  const texts = useWindowTexts();
  const { columns } = texts;
  const stateOf = ({ current, next }: MaintenanceWindow): string =>
    current !== null ? texts.now : next.length > 0 ? texts.planned : texts.over;
  return [
    { name: 'name', title: columns.name, value: (row) => row.name, width: 'minmax(130px, 1.4fr)' },
    {
      name: 'on',
      title: columns.targets,
      value: (row) => [...row.targets.map(({ name }) => name), ...row.tags].join(', '),
      width: 'minmax(110px, 1fr)',
    },
    { name: 'state', title: columns.state, value: stateOf, width: '84px', onPhone: true },
    {
      name: 'next',
      title: columns.next,
      value: (row) => new Date(turnOf(row)),
      cell: (row) => <Time at={turnOf(row)} show="clock" />,
      width: '122px',
      onPhone: true,
    },
    {
      name: 'lasts',
      title: columns.duration,
      value: (row) => row.durationMinutes,
      cell: (row) => <Duration ms={row.durationMinutes * 60_000} />,
      align: 'end',
      width: '90px',
    },
    { name: 'repeats', title: columns.repeats, value: (row) => texts.repeats[row.repeats], width: '140px' },
    { name: 'by', title: columns.by, value: (row) => row.by.name, width: '120px' },
  ];
}

/** Agreed work: what goes on, what comes, what is over. */
export function WindowListPage() {
  const texts = useWindowTexts();
  const refusal = useRefusal('upkeep.write');
  const windows = useSuspenseQuery(windowsQuery).data.items;
  const columns = useColumns();
  const sections = useSections();
  const add = useNewAction({ list: texts.title, label: texts.new, to: paths.windowNew(), permission: 'upkeep.write' });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="windows"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={windows}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        hrefOf={({ id }) => paths.window(id)}
        usualSort="next"
        bulk={[{ name: 'end', title: texts.endNow, run: (rows) => void end(rows), refusal: () => refusal }]}
        actions={add}
        empty={
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
