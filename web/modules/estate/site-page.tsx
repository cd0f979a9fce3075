import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import type { NamedThing } from '#contract/words.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { client } from '#web/shell/api.ts';
import { AvailabilitySection } from '#web/shell/availability-section.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { dependenciesQuery, hostsQuery, impactQuery, siteQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { GlanceSection } from './glance-section.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { changeSite } from './save-thing.ts';
import { useTagsFact } from './tags-fact.tsx';
import { ThingLinks } from './thing-links.tsx';
import { ChangesSection, ChecksSection, ImpactSection } from './thing-sections.tsx';

export const loader = ({ params }: LoaderFunctionArgs) => {
  const id = params['id'] ?? '';
  return Promise.all([
    ready(siteQuery(id)),
    ready(dependenciesQuery({ kind: 'site', id })),
    ready(impactQuery({ kind: 'site', id })),
  ]);
};

function HostsHere({ siteId }: { siteId: string }) {
  const texts = useEstateTexts();
  const hosts = (useQuery(hostsQuery()).data ?? []).filter((host) => host.site?.id === siteId);
  return (
    <Section title={texts.hostsHere}>
      {hosts.length === 0 && <p className="v-quiet v-estate-none">{texts.hostsHereNone}</p>}
      <ul className="v-estate-links">
        {hosts.map((host) => (
          <li key={host.id}>
            <ThingChip thing={{ kind: 'host', id: host.id, name: host.name }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One site: its hosts, and what suffers when it is cut off. */
export function SitePage() {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: site } = useSuspenseQuery(siteQuery(id));
  const refusal = useRefusal('estate.write');
  const thing: NamedThing = { kind: 'site', id, name: site.name };
  const tags = useTagsFact(thing, site.tags);
  useKeys(site.name, [{ keys: 'e', label: texts.edit, run: () => void navigate(paths.siteEdit(id)) }]);
  return (
    <ThingPage
      kind={texts.kinds.site}
      name={site.name}
      lead={site.place}
      actions={
        <>
          <RemoveThing
            name={site.name}
            warning={texts.removeSite}
            remove={() => client.estate.sites.remove({ id })}
            backTo={paths.sites()}
          />
          <ActionButton main keys="e" to={paths.siteEdit(id)} refusal={refusal}>
            {texts.edit}
          </ActionButton>
        </>
      }
      facts={
        <>
          <FactsPanel
            facts={[
              {
                name: 'name',
                label: texts.columns.name,
                shown: site.name,
                refusal,
                edit: { kind: 'line', value: site.name, save: (name) => changeSite({ id, name }) },
              },
              {
                name: 'place',
                label: texts.columns.place,
                shown: site.place,
                refusal,
                edit: { kind: 'line', value: site.place, save: (place) => changeSite({ id, place }) },
              },
              {
                name: 'note',
                label: texts.columns.note,
                shown: <PlainText text={site.note} />,
                refusal,
                edit: { kind: 'text', value: site.note, save: (note) => changeSite({ id, note }) },
              },
              tags,
              { name: 'added', label: texts.columns.added, shown: <Time at={site.createdAt} /> },
            ]}
          />
          <ThingLinks thing={thing} />
        </>
      }
    >
      <HostsHere siteId={id} />
      <GlanceSection thing={thing} />
      <ChecksSection thing={thing} />
      <AvailabilitySection of="site" id={thing.id} />
      <ImpactSection thing={thing} />
      <ChangesSection thing={thing} />
    </ThingPage>
  );
}
