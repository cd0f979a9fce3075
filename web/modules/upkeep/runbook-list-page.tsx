import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Runbook } from '#contract/upkeep.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useSections } from './use-sections.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runbooksQuery } from './upkeep-queries.ts';

function useRunbookColumns(): readonly Column<Runbook>[] {
  const { runbooks: texts } = useUpkeepTexts();
  const { columns } = texts;
  return [
    { name: 'name', title: columns.name, value: (runbook) => runbook.name, width: 'minmax(180px, 2fr)' },
    {
      name: 'approval',
      title: columns.approval,
      value: (runbook) => (runbook.safe ? 'safe' : 'needed'),
      choices: [
        { value: 'safe', label: texts.safe },
        { value: 'needed', label: texts.needsApproval },
      ],
      width: '128px',
      onPhone: true,
    },
    { name: 'steps', title: columns.steps, value: (runbook) => runbook.steps.length, align: 'end', width: '64px' },
    {
      name: 'worked',
      title: columns.worked,
      value: (runbook) => (runbook.runCount === 0 ? null : runbook.successCount / runbook.runCount),
      cell: (runbook) => <span className="v-number">{texts.record(runbook.successCount, runbook.runCount)}</span>,
      width: '120px',
    },
    {
      name: 'symptoms',
      title: columns.symptoms,
      value: (runbook) => runbook.symptoms.join(', '),
      width: 'minmax(140px, 2fr)',
    },
    { name: 'changed', title: columns.changed, value: (runbook) => new Date(runbook.changedAt), width: '116px' },
    { name: 'by', title: columns.by, value: (runbook) => runbook.changedBy.name },
  ];
}

/** All runbooks. */
export function RunbookListPage() {
  const texts = useUpkeepTexts();
  const navigate = useNavigate();
  const runbooks = useSuspenseQuery(runbooksQuery).data;
  const columns = useRunbookColumns();
  const sections = useSections();
  const write = useNewAction({
    list: texts.runbooks.title,
    label: texts.runbooks.new,
    to: paths.runbookNew(),
    permission: 'upkeep.write',
  });
  return (
    <>
      <title>{texts.runbooks.title}</title>
      <ListPage
        name="runbooks"
        title={texts.runbooks.title}
        neighbours={sections}
        columns={columns}
        rows={runbooks}
        idOf={(runbook) => runbook.id}
        nameOf={(runbook) => runbook.name}
        hrefOf={(runbook) => paths.runbook(runbook.id)}
        onEdit={(runbook) => void navigate(paths.runbookEdit(runbook.id))}
        usualSort="name"
        actions={write}
        empty={
          <EmptyState title={texts.runbooks.empty.title} action={write}>
            {texts.runbooks.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
