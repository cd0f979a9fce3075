import { useSuspenseQuery } from '@tanstack/react-query';
import type { Client } from '#contract/client.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { suppliersQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { useNeighbours } from './use-neighbours.ts';

type Supplier = Awaited<ReturnType<Client['estate']['suppliers']['create']>>;

export const loader = () => ready(suppliersQuery());

function useSupplierColumns(): Column<Supplier>[] {
  const { columns } = useEstateTexts();
  return [
    { name: 'name', title: columns.name, value: ({ name }) => name, width: 'minmax(160px, 1.5fr)' },
    { name: 'phone', title: columns.phone, value: ({ phone }) => phone, width: 'minmax(130px, 1fr)', onPhone: true },
    { name: 'mail', title: columns.mail, value: ({ mail }) => mail, width: 'minmax(160px, 1.5fr)' },
    { name: 'contract', title: columns.contract, value: ({ contract }) => contract, width: 'minmax(160px, 2fr)' },
  ];
}

/** All suppliers: whom to call, and under which contract. */
export function SupplierListPage() {
  const texts = useEstateTexts();
  const { data: suppliers } = useSuspenseQuery(suppliersQuery());
  const add = useNewAction({
    list: texts.suppliers,
    label: texts.addSupplier,
    to: paths.supplierNew(),
    permission: 'estate.write',
  });
  return (
    <ListPage
      name="suppliers"
      title={texts.suppliers}
      columns={useSupplierColumns()}
      rows={suppliers}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      hrefOf={({ id }) => paths.supplier(id)}
      neighbours={useNeighbours()}
      usualSort="name"
      actions={suppliers.length > 0 && add}
      empty={
        <EmptyState title={texts.empty.suppliers} action={add}>
          {texts.empty.suppliersText}
        </EmptyState>
      }
    />
  );
}
