import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Solution } from '#contract/logbook.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { solutionsQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import { useSections } from './use-sections.ts';

function useSolutionColumns(): readonly Column<Solution>[] {
  const { columns } = useLogbookTexts().solutions;
  const { words } = useUi();
  return [
    { name: 'title', title: columns.title, value: (each) => each.title, width: 'minmax(220px, 4fr)' },
    {
      name: 'state',
      title: columns.state,
      value: (each) => each.state,
      cell: (each) => <PhaseBadge phase={each.state} />,
      choices: (['draft', 'kept', 'withdrawn'] as const).map((value) => ({ value, label: words.phases[value] })),
      width: '116px',
      onPhone: true,
    },
    { name: 'worked', title: columns.worked, value: (each) => each.worked, align: 'end', width: '104px' },
    { name: 'failed', title: columns.failed, value: (each) => each.failed, align: 'end', width: '104px' },
    {
      name: 'last',
      title: columns.last,
      value: (each) => (each.lastWorkedAt === null ? null : new Date(each.lastWorkedAt)),
      width: '128px',
    },
    { name: 'thing', title: columns.thing, value: (each) => each.thing?.name },
    { name: 'runbook', title: columns.runbook, value: (each) => each.runbookId !== null, width: '96px' },
    // Searched, not shown: one finds a solution by what one sees.
    { name: 'symptom', title: useLogbookTexts().solutions.symptom, value: (each) => each.symptom, optional: true },
  ];
}

/** Solutions, those that worked most often first. */
export function SolutionListPage() {
  const { solutions: texts } = useLogbookTexts();
  const navigate = useNavigate();
  const solutions = useSuspenseQuery(solutionsQuery).data;
  const columns = useSolutionColumns();
  const sections = useSections();
  const write = useNewAction({
    list: texts.title,
    label: texts.new,
    to: paths.solutionNew(),
    permission: 'logbook.write',
  });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="solutions"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={solutions}
        idOf={(each) => each.id}
        nameOf={(each) => each.title}
        hrefOf={(each) => paths.solution(each.id)}
        onEdit={(each) => void navigate(paths.solutionEdit(each.id))}
        views={[
          { title: texts.views.all, filter: '' },
          { title: texts.views.drafts, filter: 'state:draft' },
          { title: texts.views.kept, filter: 'state:kept' },
          { title: texts.views.withdrawn, filter: 'state:withdrawn' },
        ]}
        usualSort="-worked"
        actions={write}
        empty={
          <EmptyState title={texts.empty.title} action={write}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
