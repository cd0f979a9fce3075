import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { hostKind, type Host } from '#contract/estate.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { severityOf, stateNames, worstState, type StateName } from '#web/ui/state.ts';
import { useUi } from '#web/ui/words.ts';
import { allChecksQuery } from '#web/shell/all-checks.ts';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { hostsQuery, sitesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { useBulkTags } from './tag-dialog.tsx';
import { useNeighbours } from './use-neighbours.ts';

export const loader = () => Promise.all([ready(hostsQuery()), ready(sitesQuery())]);

/** The worst state of each host's checks, by host; a host without checks has none. */
function useHostStates(): ReadonlyMap<string, StateName> {
  const { data } = useQuery(allChecksQuery());
  const states = new Map<string, StateName[]>();
  for (const check of data?.items ?? []) {
    if (check.target.kind !== 'host' || check.paused) continue;
    states.set(check.target.id, [...(states.get(check.target.id) ?? []), check.state]);
  }
  return new Map([...states].map(([id, each]) => [id, worstState(each) ?? 'unknown']));
}

function useHostColumns(): Column<Host>[] {
  const texts = useEstateTexts();
  const { words } = useUi();
  const { data: sites } = useSuspenseQuery(sitesQuery());
  const states = useHostStates();
  return [
    { name: 'name', title: texts.columns.name, value: (host) => host.name, width: 'minmax(160px, 2fr)' },
    {
      name: 'state',
      title: texts.columns.state,
      value: (host) => states.get(host.id),
      order: (host) => severityOf(states.get(host.id) ?? 'up') + (states.has(host.id) ? 0 : 10),
      cell: (host) => {
        const state = states.get(host.id);
        return state === undefined ? (
          <span className="v-quiet">{texts.nothingWatched}</span>
        ) : (
          <StateBadge state={state} />
        );
      },
      choices: stateNames.map((state) => ({ value: state, label: words.states[state] })),
      width: '140px',
      onPhone: true,
    },
    {
      name: 'address',
      title: texts.columns.address,
      value: (host) => host.address,
      width: 'minmax(130px, 1fr)',
    },
    {
      name: 'kind',
      title: texts.columns.kind,
      value: (host) => host.kind,
      choices: hostKind.options.map((kind) => ({ value: kind, label: texts.hostKinds[kind] })),
      width: '140px',
    },
    {
      name: 'site',
      title: texts.columns.site,
      value: (host) => host.site?.name,
      ...(sites.length === 0 ? {} : { choices: sites.map((site) => ({ value: site.name, label: site.name })) }),
    },
    { name: 'system', title: texts.columns.system, value: (host) => host.system },
    { name: 'tag', title: texts.columns.tags, aliases: ['tags', 'étiquette'], value: (host) => host.tags.join(' ') },
    { name: 'note', title: texts.columns.note, value: (host) => host.note, optional: true },
    {
      name: 'added',
      title: texts.columns.added,
      value: (host) => new Date(host.createdAt),
      width: '130px',
      optional: true,
    },
  ];
}

/** All hosts. */
export function HostListPage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { data: hosts } = useSuspenseQuery(hostsQuery());
  const refusal = useRefusal('estate.write');
  const tags = useBulkTags('host');
  return (
    <>
      <ListPage
        name="hosts"
        title={texts.hosts}
        columns={useHostColumns()}
        rows={hosts}
        idOf={(host) => host.id}
        nameOf={(host) => host.name}
        hrefOf={(host) => paths.host(host.id)}
        onEdit={refusal === undefined ? (host) => void navigate(paths.hostEdit(host.id)) : undefined}
        neighbours={useNeighbours()}
        usualSort="name"
        bulk={tags.bulk}
        actions={
          <ActionButton to={paths.hostNew()} icon={<IconPlus size={15} />} refusal={refusal} main>
            {texts.addHost}
          </ActionButton>
        }
        empty={
          <EmptyState
            title={texts.empty.hosts}
            action={
              <ActionButton main to={paths.watchAdd()} refusal={refusal}>
                {texts.empty.addByAddress}
              </ActionButton>
            }
          >
            {texts.empty.hostsText}
          </EmptyState>
        }
      />
      {tags.dialog}
    </>
  );
}
