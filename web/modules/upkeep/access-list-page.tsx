import { useQueries, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { access } from '#contract/access.ts';
import type { Host } from '#contract/estate.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useSections } from './use-sections.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { accessQuery, hostsQuery } from './upkeep-queries.ts';

/** More hosts than this are not asked for their access one by one; each host's page still says it. */
const mostAsked = 200;

interface Row {
  host: Host;
  access: z.infer<typeof access> | null | undefined;
}

function useAccessColumns(): readonly Column<Row>[] {
  const texts = useUpkeepTexts();
  const { columns: words } = texts.access;
  return [
    { name: 'host', title: words.host, value: (row) => row.host.name, width: 'minmax(140px, 2fr)' },
    { name: 'address', title: words.address, value: (row) => row.host.address },
    {
      name: 'access',
      title: words.access,
      value: (row) => row.access?.credential.user,
      cell: (row) => <SignsInAs access={row.access} />,
      onPhone: true,
    },
    { name: 'credential', title: words.credential, value: (row) => row.access?.credential.name },
    { name: 'port', title: words.port, value: (row) => row.access?.port, align: 'end', width: '64px' },
  ];
}

/** Every host, with how Vigie signs in on it. */
export function AccessListPage() {
  const texts = useUpkeepTexts();
  const hosts = useSuspenseQuery(hostsQuery).data;
  const sections = useSections();
  const accesses = useQueries({ queries: hosts.slice(0, mostAsked).map((host) => accessQuery(host.id)) });
  const rows = hosts.map((host, at): Row => ({ host, access: accesses[at]?.data }));
  const columns = useAccessColumns();
  return (
    <>
      <title>{texts.access.title}</title>
      <ListPage
        name="access"
        title={texts.access.title}
        neighbours={sections}
        columns={columns}
        rows={rows}
        idOf={(row) => row.host.id}
        nameOf={(row) => row.host.name}
        hrefOf={(row) => paths.hostAccess(row.host.id)}
        usualSort="host"
        empty={
          <EmptyState
            title={texts.access.empty.title}
            action={
              <ActionButton main to={paths.hostNew()}>
                {texts.access.addHost}
              </ActionButton>
            }
          >
            {texts.access.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}

function SignsInAs({ access: known }: { access: Row['access'] }) {
  const { access: texts } = useUpkeepTexts();
  return known === null ? <span className="v-quiet">{texts.none}</span> : known?.credential.user;
}
