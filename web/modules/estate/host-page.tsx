import { useSuspenseQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import { hostKind, type Host } from '#contract/estate.ts';
import type { NamedThing } from '#contract/words.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { worstState } from '#web/ui/state.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { client } from '#web/shell/api.ts';
import { FullSection } from '#web/shell/advice-sections.tsx';
import { AvailabilitySection } from '#web/shell/availability-section.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingChip, ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { checksQuery, dependenciesQuery, hostQuery, impactQuery, sitesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { GlanceSection } from './glance-section.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { changeHost } from './save-thing.ts';
import { useTagsFact } from './tags-fact.tsx';
import { ThingLinks } from './thing-links.tsx';
import { ChangesSection, ChecksSection, ImpactSection } from './thing-sections.tsx';

export const loader = ({ params }: LoaderFunctionArgs) => {
  const id = params['id'] ?? '';
  return Promise.all([
    ready(hostQuery(id)),
    ready(dependenciesQuery({ kind: 'host', id })),
    ready(impactQuery({ kind: 'host', id })),
  ]);
};

function useHostFacts(host: Host): Fact[] {
  const texts = useEstateTexts();
  const refusal = useRefusal('estate.write');
  const sites = useQuery(sitesQuery()).data ?? [];
  const { columns } = texts;
  const line = (name: 'name' | 'address' | 'system', value: string): Fact => ({
    name,
    label: columns[name],
    shown: value === '' ? <span className="v-quiet">–</span> : value,
    refusal,
    edit: { kind: 'line', value, save: (next) => changeHost({ id: host.id, [name]: next }) },
  });
  return [
    line('name', host.name),
    line('address', host.address),
    {
      name: 'kind',
      label: columns.kind,
      shown: texts.hostKinds[host.kind],
      refusal,
      edit: {
        kind: 'choice',
        value: host.kind,
        choices: hostKind.options.map((kind) => ({ value: kind, label: texts.hostKinds[kind] })),
        save: (next) => changeHost({ id: host.id, kind: hostKind.parse(next) }),
      },
    },
    line('system', host.system),
    {
      name: 'site',
      label: columns.site,
      shown: host.site === null ? <span className="v-quiet">{texts.noSite}</span> : <ThingLink thing={host.site} />,
      refusal,
      edit: {
        kind: 'choice',
        value: host.site?.id ?? '',
        choices: [{ value: '', label: texts.noSite }, ...sites.map((site) => ({ value: site.id, label: site.name }))],
        save: (next) => changeHost({ id: host.id, siteId: next === '' ? null : next }),
      },
    },
    {
      name: 'note',
      label: columns.note,
      shown: host.note === '' ? <span className="v-quiet">–</span> : <PlainText text={host.note} />,
      refusal,
      edit: { kind: 'text', value: host.note, save: (next) => changeHost({ id: host.id, note: next }) },
    },
    useTagsFact({ kind: 'host', id: host.id }, host.tags),
    { name: 'added', label: columns.added, shown: <Time at={host.createdAt} /> },
  ];
}

/** One host: what is watched on it, what suffers with it, what changed, what it depends on. */
export function HostPage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: host } = useSuspenseQuery(hostQuery(id));
  const checks = useQuery(checksQuery({ kind: 'host', id })).data?.items ?? [];
  const state = worstState(checks.filter((check) => !check.paused).map((check) => check.state));
  const refusal = useRefusal('estate.write');
  const thing: NamedThing = { kind: 'host', id, name: host.name };
  useKeys(host.name, [{ keys: 'e', label: texts.edit, run: () => void navigate(paths.hostEdit(id)) }]);
  return (
    <ThingPage
      kind={texts.hostKinds[host.kind]}
      name={host.name}
      state={state !== undefined && <StateBadge state={state} />}
      lead={[host.address, host.local ? texts.thisMachine : undefined].filter(Boolean).join(' · ')}
      chips={host.site !== null && <ThingChip thing={host.site} />}
      actions={
        <>
          {!host.local && (
            <RemoveThing
              name={host.name}
              warning={texts.removeHost}
              remove={() => client.estate.hosts.remove({ id })}
              backTo={paths.estate()}
            />
          )}
          <ActionButton main keys="e" to={paths.hostEdit(id)} refusal={refusal}>
            {texts.edit}
          </ActionButton>
        </>
      }
      facts={
        <>
          <FactsPanel facts={useHostFacts(host)} />
          <ThingLinks thing={thing} />
        </>
      }
    >
      <GlanceSection thing={thing} />
      <ChecksSection thing={thing} address={host.address} />
      <FullSection thing={{ kind: 'host', id: thing.id }} />
      <AvailabilitySection of="host" id={thing.id} />
      <ImpactSection thing={thing} />
      <ChangesSection thing={thing} />
    </ThingPage>
  );
}
