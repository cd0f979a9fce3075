import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Client } from '#contract/client.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { sitesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { useBulkTags } from './tag-dialog.tsx';
import { useNeighbours } from './use-neighbours.ts';

type Site = Awaited<ReturnType<Client['estate']['sites']['get']>>;

export const loader = () => ready(sitesQuery());

function useSiteColumns(): Column<Site>[] {
  const texts = useEstateTexts();
  return [
    { name: 'name', title: texts.columns.name, value: (site) => site.name, width: 'minmax(160px, 1fr)' },
    { name: 'place', title: texts.columns.place, value: (site) => site.place, width: 'minmax(160px, 1fr)' },
    {
      name: 'hosts',
      title: texts.columns.hosts,
      value: (site) => site.hostCount,
      align: 'end',
      width: '90px',
      onPhone: true,
    },
    {
      name: 'tag',
      title: texts.columns.tags,
      aliases: ['tags', 'étiquette'],
      value: (site) => site.tags.join(' '),
      width: 'minmax(100px, 1fr)',
    },
    { name: 'note', title: texts.columns.note, value: (site) => site.note, width: 'minmax(160px, 2fr)' },
  ];
}

/** All sites. */
export function SiteListPage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { data: sites } = useSuspenseQuery(sitesQuery());
  const refusal = useRefusal('estate.write');
  const tags = useBulkTags('site');
  const add = useNewAction({
    list: texts.sites,
    label: texts.addSite,
    to: paths.siteNew(),
    permission: 'estate.write',
  });
  return (
    <>
      <ListPage
        name="sites"
        title={texts.sites}
        columns={useSiteColumns()}
        rows={sites}
        idOf={(site) => site.id}
        nameOf={(site) => site.name}
        hrefOf={(site) => paths.site(site.id)}
        onEdit={refusal === undefined ? (site) => void navigate(paths.siteEdit(site.id)) : undefined}
        neighbours={useNeighbours()}
        usualSort="name"
        bulk={tags.bulk}
        actions={sites.length > 0 && add}
        empty={
          <EmptyState title={texts.empty.sites} action={add}>
            {texts.empty.sitesText}
          </EmptyState>
        }
      />
      {tags.dialog}
    </>
  );
}
