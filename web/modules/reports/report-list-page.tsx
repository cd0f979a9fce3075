import { useSuspenseQuery } from '@tanstack/react-query';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { reportsQuery } from './reports-queries.ts';
import { useReportsTexts } from './reports-texts.ts';
import { useSections } from './use-sections.ts';

interface Row {
  ticketId: string;
  number: number;
  title: string;
  resolvedAt: string;
  outageSeconds: number | null;
}

function useReportColumns(): readonly Column<Row>[] {
  const texts = useReportsTexts();
  const { columns } = texts;
  return [
    { name: 'incident', title: columns.title, value: (each) => each.title, width: 'minmax(220px, 4fr)' },
    {
      name: 'number',
      title: columns.number,
      value: (each) => each.number,
      cell: (each) => <span className="v-number">{texts.number(each.number)}</span>,
      width: '88px',
    },
    {
      name: 'resolved',
      title: columns.resolved,
      value: (each) => new Date(each.resolvedAt),
      width: '140px',
      onPhone: true,
    },
    {
      name: 'outage',
      title: columns.outage,
      value: (each) => each.outageSeconds,
      cell: (each) => <Outage seconds={each.outageSeconds} />,
      align: 'end',
      width: '120px',
    },
  ];
}

function Outage({ seconds }: { seconds: number | null }) {
  const { words } = useUi();
  return seconds === null ? <span className="v-quiet">{words.list.noValue}</span> : <Duration ms={seconds * 1000} />;
}

/** Resolved incidents, each with its report. */
export function ReportListPage() {
  const texts = useReportsTexts();
  const reports = useSuspenseQuery(reportsQuery).data;
  const columns = useReportColumns();
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="reports"
        title={texts.title}
        neighbours={useSections()}
        columns={columns}
        rows={reports}
        idOf={(each) => each.ticketId}
        nameOf={(each) => `${texts.number(each.number)} ${each.title}`}
        hrefOf={(each) => paths.report(each.ticketId)}
        usualSort="-resolved"
        empty={
          <EmptyState
            title={texts.empty.title}
            action={<ActionButton to={paths.desk()}>{texts.empty.action}</ActionButton>}
          >
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
