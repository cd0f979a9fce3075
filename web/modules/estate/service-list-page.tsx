import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { importance, type Service } from '#contract/estate.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { servicesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { useBulkTags } from './tag-dialog.tsx';
import { useNeighbours } from './use-neighbours.ts';

export const loader = () => ready(servicesQuery());

function useServiceColumns(): Column<Service>[] {
  const texts = useEstateTexts();
  return [
    { name: 'name', title: texts.columns.name, value: (service) => service.name, width: 'minmax(160px, 1.4fr)' },
    {
      name: 'importance',
      title: texts.columns.importance,
      value: (service) => service.importance,
      order: (service) => -importance.options.indexOf(service.importance),
      choices: importance.options.map((each) => ({ value: each, label: texts.importances[each] })),
      width: '120px',
      onPhone: true,
    },
    {
      name: 'tag',
      title: texts.columns.tags,
      aliases: ['tags', 'étiquette'],
      value: (service) => service.tags.join(' '),
    },
    { name: 'owner', title: texts.columns.owner, value: (service) => service.owner?.name },
    {
      name: 'users',
      title: texts.columns.users,
      value: (service) => service.userCount,
      align: 'end',
      width: '100px',
    },
    {
      name: 'summary',
      title: texts.columns.summary,
      value: (service) => service.summary,
      width: 'minmax(160px, 2fr)',
    },
  ];
}

/** All services. */
export function ServiceListPage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { data: services } = useSuspenseQuery(servicesQuery());
  const refusal = useRefusal('estate.write');
  const tags = useBulkTags('service');
  const add = useNewAction({
    list: texts.services,
    label: texts.addService,
    to: paths.serviceNew(),
    permission: 'estate.write',
  });
  return (
    <>
      <ListPage
        name="services"
        title={texts.services}
        columns={useServiceColumns()}
        rows={services}
        idOf={(service) => service.id}
        nameOf={(service) => service.name}
        hrefOf={(service) => paths.service(service.id)}
        onEdit={refusal === undefined ? (service) => void navigate(paths.serviceEdit(service.id)) : undefined}
        neighbours={useNeighbours()}
        usualSort="name"
        bulk={tags.bulk}
        actions={services.length > 0 && add}
        empty={
          <EmptyState title={texts.empty.services} action={add}>
            {texts.empty.servicesText}
          </EmptyState>
        }
      />
      {tags.dialog}
    </>
  );
}
