import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import { importance, type Service } from '#contract/estate.ts';
import type { NamedThing } from '#contract/words.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { worstState } from '#web/ui/state.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { client } from '#web/shell/api.ts';
import { AvailabilitySection } from '#web/shell/availability-section.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { checksQuery, dependenciesQuery, impactQuery, personsQuery, serviceQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { GlanceSection } from './glance-section.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { changeService } from './save-thing.ts';
import { ServiceUsers } from './service-users.tsx';
import { useTagsFact } from './tags-fact.tsx';
import { ThingLinks } from './thing-links.tsx';
import { ChangesSection, ChecksSection, ImpactSection } from './thing-sections.tsx';

export const loader = ({ params }: LoaderFunctionArgs) => {
  const id = params['id'] ?? '';
  return Promise.all([
    ready(serviceQuery(id)),
    ready(dependenciesQuery({ kind: 'service', id })),
    ready(impactQuery({ kind: 'service', id })),
  ]);
};

function useServiceFacts(service: Service): Fact[] {
  const texts = useEstateTexts();
  const refusal = useRefusal('estate.write');
  const persons = useQuery(personsQuery()).data ?? [];
  const { id } = service;
  return [
    {
      name: 'name',
      label: texts.columns.name,
      shown: service.name,
      refusal,
      edit: { kind: 'line', value: service.name, save: (name) => changeService({ id, name }) },
    },
    {
      name: 'summary',
      label: texts.columns.summary,
      shown: service.summary,
      refusal,
      edit: { kind: 'text', value: service.summary, save: (summary) => changeService({ id, summary }) },
    },
    {
      name: 'importance',
      label: texts.columns.importance,
      shown: texts.importances[service.importance],
      refusal,
      edit: {
        kind: 'choice',
        value: service.importance,
        choices: importance.options.map((each) => ({ value: each, label: texts.importances[each] })),
        save: (next) => changeService({ id, importance: importance.parse(next) }),
      },
    },
    {
      name: 'owner',
      label: texts.columns.owner,
      shown: service.owner?.name ?? <span className="v-quiet">–</span>,
      refusal,
      edit: {
        kind: 'choice',
        value: service.owner?.id ?? '',
        choices: [{ value: '', label: '–' }, ...persons.map((person) => ({ value: person.id, label: person.name }))],
        save: (next) => changeService({ id, ownerId: next === '' ? null : next }),
      },
    },
    useTagsFact({ kind: 'service', id: service.id }, service.tags),
    { name: 'added', label: texts.columns.added, shown: <Time at={service.createdAt} /> },
  ];
}

/** One service: how it does, who uses it, and what it depends on. */
export function ServicePage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: service } = useSuspenseQuery(serviceQuery(id));
  const checks = useQuery(checksQuery({ kind: 'service', id })).data?.items ?? [];
  const state = worstState(checks.filter((check) => !check.paused).map((check) => check.state));
  const refusal = useRefusal('estate.write');
  const thing: NamedThing = { kind: 'service', id, name: service.name };
  useKeys(service.name, [{ keys: 'e', label: texts.edit, run: () => void navigate(paths.serviceEdit(id)) }]);
  return (
    <ThingPage
      kind={texts.kinds.service}
      name={service.name}
      state={state !== undefined && <StateBadge state={state} />}
      lead={service.summary}
      actions={
        <>
          <RemoveThing
            name={service.name}
            warning={texts.removeService}
            remove={() => client.estate.services.remove({ id })}
            backTo={paths.services()}
          />
          <ActionButton main keys="e" to={paths.serviceEdit(id)} refusal={refusal}>
            {texts.edit}
          </ActionButton>
        </>
      }
      facts={
        <>
          <FactsPanel facts={useServiceFacts(service)} />
          <ThingLinks thing={thing} />
        </>
      }
    >
      <GlanceSection thing={thing} />
      <ChecksSection thing={thing} />
      <AvailabilitySection of="service" id={thing.id} />
      <ServiceUsers service={service} />
      <ImpactSection thing={thing} />
      <ChangesSection thing={thing} />
    </ThingPage>
  );
}
