import type { DependencyRehearsal } from '#contract/dependency-rehearsal.ts';
import type { watch } from '#contract/watch.ts';
import type { Language, NamedThing } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { togetherMs } from '../running/common-path.ts';
import { fateOf, type Fate } from '../states/held-alerts.ts';
import type { Needs } from '../needs.ts';
import { dependencyStore, type ToldAlert } from './store-dependency.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'ancestorsOf' | 'namedThings'>;
}

type Asked = Parameters<Handlers<typeof watch>['dependencies']['rehearse']>[0];

const dayMs = 86_400_000;
const mostAlerts = 5_000;
const mostItems = 200;
const mostTickets = 50;

interface Judged {
  readonly alert: ToldAlert;
  readonly fate: Fate;
}

/** The incidents that mattered: told all the same, told by that of what failed above, or by nothing. */
async function weighTickets(
  { db }: Pick<Parts, 'db'>,
  judged: readonly Judged[],
  above: { readonly things: readonly NamedThing[]; readonly since: Date },
): Promise<DependencyRehearsal['tickets']> {
  const store = dependencyStore(db);
  const mattering = judged.filter(({ alert }) => alert.mattered && alert.ticket !== null);
  const byTicket = Map.groupBy(mattering, ({ alert }) => alert.ticket?.id ?? '');
  const held = [...byTicket].filter(([, all]) => all.every(({ fate }) => fate.fate === 'held'));
  const heldAlerts = held.flatMap(([, all]) => all.map(({ alert }) => alert.id));
  const otherwise = await store.otherwiseTold(
    held.map(([id]) => id),
    heldAlerts,
  );
  const raised = held.length === 0 ? [] : await store.raisedOn(above.things, above.since);
  const isJoined = ({ alert }: Judged): boolean =>
    raised.some(
      ({ fromMs, untilMs }) =>
        fromMs <= alert.raisedMs + togetherMs && (untilMs === null || untilMs > alert.failingSinceMs),
    );
  const heldIds = new Set(held.map(([id]) => id).filter((id) => !otherwise.has(id)));
  const items = [...byTicket].flatMap(([ticketId, all]) => {
    const ticket = all[0]?.alert.ticket;
    if (ticket === null || ticket === undefined) return [];
    const fate: 'kept' | 'joined' | 'lost' = !heldIds.has(ticketId) ? 'kept' : all.some(isJoined) ? 'joined' : 'lost';
    const at = new Date(Math.min(...all.map(({ alert }) => alert.raisedMs))).toISOString();
    return [{ ticketId, number: ticket.number, title: ticket.title, at, fate }];
  });
  const count = (wanted: 'kept' | 'joined' | 'lost'): number => items.filter(({ fate }) => fate === wanted).length;
  return { kept: count('kept'), joined: count('joined'), lost: count('lost'), items: items.slice(0, mostTickets) };
}

function tellHeld({ alert, fate }: Judged): DependencyRehearsal['items'] {
  if (fate.fate !== 'held' && fate.fate !== 'later') return [];
  return [
    {
      alertId: alert.id,
      checkId: alert.checkId,
      checkName: alert.checkName,
      target: alert.target,
      at: new Date(alert.raisedMs).toISOString(),
      fate: fate.fate,
      because: fate.because,
      laterSeconds: fate.fate === 'later' ? Math.round(fate.laterMs / 1_000) : null,
    },
  ];
}

/**
 * What a dependency would have done with the alerts of the past, had it been there. Nothing is changed.
 * @throws Refusal `not_found`
 */
export async function rehearseDependency(parts: Parts, asked: Asked, language: Language): Promise<DependencyRehearsal> {
  const { db, clock, needs } = parts;
  const now = clock.now();
  const since = new Date(now.getTime() - asked.days * dayMs);
  const [named, [ancestors = []]] = await Promise.all([
    needs.namedThings([asked.dependent, asked.on]),
    needs.ancestorsOf([asked.on]),
  ]);
  const dependent = named.find(({ id }) => id === asked.dependent.id);
  const on = named.find(({ id }) => id === asked.on.id);
  if (dependent === undefined || on === undefined) throw new Refusal('not_found');
  const store = dependencyStore(db);
  const things = [on, ...ancestors.map(({ kind, id, name }) => ({ kind, id, name }))];
  const [guards, spans, told] = await Promise.all([
    store.guards(things),
    store.spans(things, since),
    store.toldBelow(dependent, since, language, mostAlerts + 1),
  ]);
  const judged = told.slice(0, mostAlerts).map((alert) => ({
    alert,
    fate: fateOf(alert, spans, { guardsSinceMs: guards.since?.getTime() ?? null, nowMs: now.getTime() }),
  }));
  const count = (wanted: Fate['fate']): number => judged.filter(({ fate }) => fate.fate === wanted).length;
  return {
    from: since.toISOString(),
    until: now.toISOString(),
    dependent,
    on,
    guards: guards.count,
    guardsSince: guards.since?.toISOString() ?? null,
    alerts: judged.length,
    held: count('held'),
    later: count('later'),
    unknown: count('unknown'),
    tickets: await weighTickets(parts, judged, { things, since }),
    items: judged.flatMap(tellHeld).slice(0, mostItems),
    cut: told.length > mostAlerts,
  };
}
