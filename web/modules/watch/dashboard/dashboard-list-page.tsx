import { FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { dashboardFile } from '#contract/dashboard.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { useSections } from '../use-sections.ts';
import { dashboardsQuery } from './dashboard-queries.ts';

export const loader = () => ready(dashboardsQuery());

type Row = Awaited<ReturnType<typeof client.watch.dashboards.list>>['items'][number];

function useColumns(): readonly Column<Row>[] {
  const { dashboards: texts } = useMeasurementTexts();
  return [
    { name: 'name', title: texts.name, value: (row) => row.name, width: 'minmax(180px, 2fr)' },
    {
      name: 'shared',
      title: texts.shared,
      value: (row) => (row.shared ? texts.shared : texts.private),
      width: '120px',
    },
    { name: 'owner', title: texts.owner, value: (row) => row.owner.name, width: 'minmax(120px, 1fr)' },
    {
      name: 'widgets',
      title: texts.contents,
      value: (row) => row.widgets,
      cell: (row) => texts.widgets(row.widgets),
      width: '120px',
    },
    {
      name: 'changed',
      title: texts.changed,
      value: (row) => new Date(row.changedAt),
      width: '120px',
    },
  ];
}

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.dashboards.key() });

/** All dashboards that one may see. */
export function DashboardListPage() {
  const { dashboards: texts } = useMeasurementTexts();
  const { data } = useSuspenseQuery(dashboardsQuery());
  const navigate = useNavigate();
  const refusal = useRefusal('watch.act');
  const add = async (): Promise<void> => {
    const made = await client.watch.dashboards.create({ name: texts.add });
    await renew();
    await navigate(`${paths.dashboard(made.id)}?arrange=`);
  };
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const read = dashboardFile.safeParse(parsed(await file.text()));
    if (!read.success) {
      notifications.show({ message: texts.notAFile, color: 'red' });
      return;
    }
    const { dashboard, missing } = await client.watch.dashboards.import(read.data);
    notifications.show({ message: texts.imported(missing) });
    await renew();
    await navigate(paths.dashboard(dashboard.id));
  };
  const addButton = (
    <ActionButton main icon={<IconPlus size={15} />} refusal={refusal} onClick={() => void add()}>
      {texts.add}
    </ActionButton>
  );
  return (
    <ListPage
      name="dashboards"
      title={texts.title}
      columns={useColumns()}
      rows={data.items}
      idOf={(row) => row.id}
      nameOf={(row) => row.name}
      hrefOf={(row) => paths.dashboard(row.id)}
      neighbours={useSections()}
      usualSort="name"
      actions={
        <>
          {refusal === undefined && (
            <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
              {({ onClick }) => <ActionButton onClick={onClick}>{texts.import}</ActionButton>}
            </FileButton>
          )}
          <ActionButton to={paths.wall()} icon={<IconDeviceTv size={15} />}>
            {texts.rotate}
          </ActionButton>
          {addButton}
        </>
      }
      empty={
        <EmptyState title={texts.empty} action={addButton}>
          {texts.emptyText}
        </EmptyState>
      }
    />
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
