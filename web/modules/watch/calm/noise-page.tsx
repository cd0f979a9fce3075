import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDuration } from '#web/ui/format.ts';
import { useKeys } from '#web/ui/keys.ts';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { NoiseChart } from './noise-chart.tsx';
import { useSections } from '../use-sections.ts';
import './calm.css';

const noiseQuery = () => api.watch.noise.list.queryOptions({ input: {} });
const proposalsQuery = () =>
  ({ ...api.watch.noise.proposals.queryOptions({ input: {} }), staleTime: 600_000 }) as const;

export const loader = () => ready(noiseQuery());

type Cost = Awaited<ReturnType<typeof client.watch.noise.list>>['items'][number];
type Proposal = Awaited<ReturnType<typeof client.watch.noise.proposals>>['items'][number];

/** What each check has cost, and which changes would have saved most. */
export function NoisePage() {
  const texts = useCalmTexts().noise;
  const { columns } = texts;
  const { data } = useSuspenseQuery(noiseQuery());
  const count = (
    name: 'alerts' | 'messages' | 'selfHealed' | 'acknowledged' | 'actedUpon',
    onPhone = false,
  ): Column<Cost> => ({
    name,
    title: columns[name],
    value: (row) => row[name],
    align: 'end',
    width: '108px',
    onPhone,
  });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="noise"
        title={texts.title}
        neighbours={useSections()}
        columns={[
          { name: 'name', title: columns.name, value: (row) => row.name, width: 'minmax(150px, 2fr)' },
          { name: 'on', title: columns.on, value: (row) => row.target, width: 'minmax(120px, 1fr)' },
          count('alerts', true),
          count('messages'),
          count('selfHealed'),
          count('acknowledged'),
          count('actedUpon'),
        ]}
        rows={data.items}
        idOf={(row) => row.checkId}
        nameOf={(row) => `${row.name} – ${row.target}`}
        hrefOf={(row) => paths.checkRules(row.checkId)}
        usualSort="-messages"
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
        below={
          <>
            <Proposals />
            <NoiseChart costs={data.items} />
          </>
        }
      />
    </>
  );
}

/** Up to three changes, each already tried on the past; 1, 2 and 3 apply them. */
function Proposals() {
  const texts = useCalmTexts().noise;
  const refusal = useRefusal('watch.write');
  const { data, isLoading } = useQuery(proposalsQuery());
  const apply = useMutation({
    mutationFn: ({ checkId, rules, sensitivity }: Proposal) =>
      client.watch.rules.set({ id: checkId, rules, sensitivity }),
    onSuccess: () => notifications.show({ message: texts.applied }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.watch.key() }),
  });
  const items = data?.items ?? [];
  useKeys(
    texts.proposals,
    items.map((proposal, index) => ({
      keys: String(index + 1),
      label: `${texts.apply} – ${proposal.name}`,
      run: () => refusal === undefined && apply.mutate(proposal),
    })),
  );
  if (isLoading) return <p className="v-noise-lead v-quiet">{texts.looking}</p>;
  return (
    <section aria-label={texts.proposals}>
      <p className="v-noise-lead">{texts.lead}</p>
      {items.length === 0 ? (
        <p className="v-noise-lead v-quiet">{texts.none}</p>
      ) : (
        <ul className="v-noise-proposals">
          {items.map((proposal, index) => (
            <li key={proposal.checkId}>
              <ProposalText proposal={proposal} />
              <ActionButton
                keys={String(index + 1)}
                refusal={refusal}
                busy={apply.isPending && apply.variables.checkId === proposal.checkId}
                onClick={() => apply.mutate(proposal)}
              >
                {texts.apply}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ProposalText({ proposal }: { proposal: Proposal }) {
  const texts = useCalmTexts().noise;
  const { locale } = useUi();
  const { edit, was, wouldBe, kept, laterSeconds } = proposal;
  const what =
    edit.what === 'duration'
      ? texts.edits.duration(edit.metric, edit.seconds)
      : texts.edits[edit.what](edit.from, edit.to);
  return (
    <span>
      <Link className="v-link" to={paths.checkRules(proposal.checkId)}>
        {proposal.target} – {proposal.name}
      </Link>
      {' : '}
      <strong>{what}</strong>. {texts.saving(was, wouldBe)} {kept > 0 ? texts.kept : texts.keptNone}{' '}
      {laterSeconds !== null && laterSeconds >= 1 && texts.later(formatDuration(laterSeconds * 1000, locale))}
    </span>
  );
}
