import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { NamedThing } from '#contract/words.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { Section } from '#web/ui/section.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { severityOf } from '#web/ui/state.ts';
import { Story } from '#web/ui/story.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { changesQuery, checksQuery, impactQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import './estate.css';

/** What is watched on a thing, worst first. */
export function ChecksSection({ thing, address }: { thing: NamedThing; address?: string }) {
  const texts = useEstateTexts();
  const refusal = useRefusal('watch.write');
  const { data } = useQuery(checksQuery({ kind: thing.kind, id: thing.id }));
  const checks = (data?.items ?? []).toSorted((a, b) => severityOf(a.state) - severityOf(b.state));
  return (
    <Section
      title={texts.checks}
      aside={
        address !== undefined && (
          <ActionButton to={paths.watchAdd(address)} refusal={refusal}>
            {texts.watchIt}
          </ActionButton>
        )
      }
    >
      {data !== undefined && checks.length === 0 && <p className="v-quiet v-estate-none">{texts.checksNone}</p>}
      <ul className="v-estate-list">
        {checks.map((check) => (
          <li key={check.id}>
            <StateBadge state={check.state} />
            <Link className="v-link" to={paths.check(check.id)}>
              {check.name}
            </Link>
            <span className="v-estate-cut">{check.summary}</span>
            <span className="v-quiet">
              <Duration since={check.since} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How many names are shown before "and more". */
const shownPeople = 24;

/** What and who suffers when the thing fails. */
export function ImpactSection({ thing }: { thing: NamedThing }) {
  const texts = useEstateTexts();
  const { data: impact } = useSuspenseQuery(impactQuery({ kind: thing.kind, id: thing.id }));
  const more = impact.peopleCount - Math.min(shownPeople, impact.people.length);
  return (
    <Section title={texts.impact}>
      {impact.things.length === 0 ? (
        <p className="v-quiet v-estate-none">{texts.impactNone}</p>
      ) : (
        <ul className="v-estate-links">
          {impact.things.map((each) => (
            <li key={each.id}>
              <ThingChip thing={each} />
            </li>
          ))}
        </ul>
      )}
      {impact.peopleCount === 0 ? (
        <p className="v-quiet v-estate-none">{texts.impactNobody}</p>
      ) : (
        <>
          <strong>{texts.impactPeople(impact.peopleCount)}</strong>
          <ul className="v-estate-people">
            {impact.people.slice(0, shownPeople).map((person) => (
              <li key={person.id}>
                {person.name}{' '}
                {person.through !== thing.name && <span className="v-quiet">{texts.through(person.through)}</span>}
              </li>
            ))}
          </ul>
          {more > 0 && <p className="v-quiet">{texts.andMore(more)}</p>}
        </>
      )}
    </Section>
  );
}

/** What changed on the thing and around it, newest first. */
export function ChangesSection({ thing }: { thing: NamedThing }) {
  const texts = useEstateTexts();
  const { data } = useQuery(changesQuery({ kind: thing.kind, id: thing.id }));
  if (data === undefined) return null;
  return (
    <Section title={texts.changes}>
      {data.items.length === 0 ? (
        <p className="v-quiet v-estate-none">{texts.changesNone}</p>
      ) : (
        <Story
          label={texts.changes}
          events={data.items.map((entry) => ({
            id: entry.id,
            at: entry.at,
            ...(entry.who.kind === 'person' ? { by: entry.who.name } : {}),
            text: entry.text,
          }))}
        />
      )}
    </Section>
  );
}
