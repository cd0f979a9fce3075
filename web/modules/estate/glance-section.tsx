import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Ticket } from '#contract/desk.ts';
import type { Check } from '#contract/watch.ts';
import type { NamedThing } from '#contract/words.ts';
import { Duration } from '#web/ui/duration.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { severityOf } from '#web/ui/state.ts';
import { api } from '#web/shell/api.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { checksQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import './estate.css';

const incidentsQuery = (causeId: string) =>
  api.desk.tickets.list.queryOptions({ input: { causeId, open: 'true', limit: 5 } });

/** Is it well, since when, and what to do: what one must know before anything else on the page. */
export function GlanceSection({ thing }: { thing: NamedThing }) {
  const { glance } = useEstateTexts();
  const { data } = useQuery(checksQuery({ kind: thing.kind, id: thing.id }));
  if (data === undefined) return <section className="v-glance" aria-label={glance.title} />;
  const running = data.items.filter(({ paused }) => !paused);
  const [worst] = running.toSorted((a, b) => severityOf(a.state) - severityOf(b.state) || (a.since < b.since ? -1 : 1));
  return (
    <section className="v-glance" aria-label={glance.title} data-state={worst?.state ?? 'none'}>
      {worst === undefined ? (
        <p>{data.items.length === 0 ? glance.unwatched : glance.paused}</p>
      ) : (
        <Verdict worst={worst} running={running} />
      )}
      <Todo thing={thing} worst={worst} />
      <ProfileNames thing={thing} />
    </section>
  );
}

function Verdict({ worst, running }: { worst: Check; running: readonly Check[] }) {
  const { glance } = useEstateTexts();
  const bad = running.filter(({ state }) => state !== 'up');
  // All are well since the last of them became well.
  const since =
    bad.length > 0
      ? worst.since
      : running
          .map((check) => check.since)
          .toSorted()
          .at(-1);
  return (
    <p>
      <StateBadge state={worst.state} />{' '}
      {bad.length === 0 ? glance.well(running.length) : glance.bad(bad.length, running.length)} {glance.forLong}{' '}
      <Duration since={since ?? worst.since} />
      {bad.length > 0 && (
        <>
          {' – '}
          {worst.because === null ? worst.summary : glance.because(worst.because.name)}
        </>
      )}
    </p>
  );
}

/** The incidents to go on with, or the thing to look at first. */
function Todo({ thing, worst }: { thing: NamedThing; worst: Check | undefined }) {
  const { glance } = useEstateTexts();
  const because = worst?.because ?? null;
  const { data } = useQuery(incidentsQuery(because?.id ?? thing.id));
  const incidents = data?.items ?? [];
  if (incidents.length === 0 && because === null && (worst === undefined || worst.state === 'up')) return null;
  return (
    <div>
      <strong>{glance.todo}</strong>
      <ul>
        {because !== null && (
          <li>
            {glance.look(because.name)} <ThingLink thing={because} />
          </li>
        )}
        {incidents.map((incident) => (
          <IncidentLine key={incident.id} incident={incident} />
        ))}
        {incidents.length > 0 && because === null && thing.kind === 'host' && (
          <li>
            <Link
              className="v-link"
              to={paths.runNew({ host: thing.id, ...(incidents[0] && { incident: incidents[0].id }) })}
            >
              {glance.runbook}
            </Link>
          </li>
        )}
        {incidents.length === 0 && because === null && <li className="v-quiet">{glance.todoNothing}</li>}
      </ul>
    </div>
  );
}

function IncidentLine({ incident }: { incident: Ticket }) {
  const { glance } = useEstateTexts();
  return (
    <li>
      <Link className="v-link" to={paths.ticket(incident.id)}>
        #{incident.number} {incident.title}
      </Link>{' '}
      <span className="v-quiet">{incident.assignee === null ? glance.take : glance.taken(incident.assignee.name)}</span>
    </li>
  );
}

function ProfileNames({ thing }: { thing: NamedThing }) {
  const { glance } = useEstateTexts();
  const { data } = useQuery(api.watch.profiles.ofThing.queryOptions({ input: { kind: thing.kind, id: thing.id } }));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <p className="v-quiet">
      {glance.profiles}{' '}
      {data.items.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link className="v-link" to={paths.profile(id)}>
            {name}
          </Link>
        </span>
      ))}
    </p>
  );
}
