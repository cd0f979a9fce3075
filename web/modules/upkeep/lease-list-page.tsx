import { useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { lease } from '#contract/upkeep.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useSections } from './use-sections.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { leasesQuery } from './upkeep-queries.ts';

type Lease = z.infer<typeof lease>;

/** Which run holds which host. */
export function LeaseListPage() {
  const { leases: texts } = useUpkeepTexts();
  const leases = useSuspenseQuery(leasesQuery).data.items;
  const sections = useSections();
  const columns: readonly Column<Lease>[] = [
    { name: 'host', title: texts.columns.host, value: (each) => each.host.name },
    { name: 'run', title: texts.columns.run, value: (each) => each.run.runbook, onPhone: true },
    { name: 'since', title: texts.columns.since, value: (each) => new Date(each.since) },
    { name: 'by', title: texts.columns.by, value: (each) => each.by },
    { name: 'waiting', title: texts.columns.waiting, value: (each) => each.waiting, align: 'end' },
  ];
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="leases"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={leases}
        idOf={(each) => each.host.id}
        nameOf={(each) => each.host.name}
        hrefOf={(each) => paths.run(each.run.id)}
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
      />
    </>
  );
}
