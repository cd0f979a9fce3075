import { useSuspenseQuery } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { runState, type Run } from '#contract/upkeep.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { durationOf, runOrder } from './run-order.ts';
import { useSections } from './use-sections.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runsQuery } from './upkeep-queries.ts';

function useRunColumns(): readonly Column<Run>[] {
  const { columns } = useUpkeepTexts().runs;
  const { words } = useUi();
  return [
    { name: 'runbook', title: columns.runbook, value: (run) => run.runbook.name, width: 'minmax(180px, 2fr)' },
    {
      name: 'state',
      title: columns.state,
      value: (run) => run.state,
      cell: (run) => <PhaseBadge phase={run.state} />,
      order: runOrder,
      choices: runState.options.map((value) => ({ value, label: words.phases[value] })),
      width: '168px',
      onPhone: true,
    },
    { name: 'host', title: columns.host, value: (run) => run.host.name },
    { name: 'by', title: columns.by, value: (run) => run.proposedBy.name },
    { name: 'approved', title: columns.approved, value: (run) => run.approvedBy?.name },
    { name: 'at', title: columns.at, value: (run) => new Date(run.proposedAt), width: '116px' },
    {
      name: 'took',
      title: columns.took,
      value: durationOf,
      cell: (run) => <Took run={run} />,
      align: 'end',
      width: '104px',
    },
    { name: 'emergency', title: columns.emergency, value: (run) => run.emergency !== null, optional: true },
  ];
}

function Took({ run }: { run: Run }) {
  const { words } = useUi();
  const ms = durationOf(run);
  if (ms !== null) return <Duration ms={ms} />;
  if (run.startedAt === null) return <span className="v-quiet">{words.list.noValue}</span>;
  return <Duration since={run.startedAt} />;
}

/** The newest runs; what waits for somebody comes first. */
export function RunListPage() {
  const texts = useUpkeepTexts();
  const runs = useSuspenseQuery(runsQuery).data.items;
  const columns = useRunColumns();
  const sections = useSections();
  const { views } = texts.runs;
  const propose = useNewAction({
    list: texts.runs.title,
    label: texts.propose.title,
    to: paths.runNew(),
    permission: 'upkeep.run',
    icon: <IconPlayerPlay size={15} />,
  });
  return (
    <>
      <title>{texts.runs.title}</title>
      <ListPage
        name="runs"
        title={texts.runs.title}
        neighbours={sections}
        columns={columns}
        rows={runs}
        idOf={(run) => run.id}
        nameOf={(run) => `${run.runbook.name} ${texts.run.onHost(run.host.name)}`}
        hrefOf={(run) => paths.run(run.id)}
        views={[
          { title: views.all, filter: '' },
          { title: views.approval, filter: 'state:waiting_approval' },
          { title: views.going, filter: 'state:queued,running,waiting,stopping' },
          { title: views.failed, filter: 'state:failed,lost,stopped' },
        ]}
        usualSort="state"
        actions={propose}
        empty={
          <EmptyState title={texts.runs.empty.title} action={propose}>
            {texts.runs.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
