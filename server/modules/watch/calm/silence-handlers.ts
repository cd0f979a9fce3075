import type { Silence as ToldSilence } from '#contract/alert.ts';
import type { watch } from '#contract/watch.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Needs } from '../needs.ts';
import { holdsBack, type Silence } from './silence.ts';
import { changeSilence, silenceAlerts, tellHeldBack } from './silence-alerts.ts';
import { alertStore, type StoredAlert } from '../states/store-alert.ts';
import { checkStore } from '../checks/store-check.ts';
import { silenceStore } from './store-silence.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'namedThings'>;
}

/** Silences as the contract shows them, with how much each holds back now. */
async function tellSilences(
  { db, needs }: Pick<Parts, 'db' | 'needs'>,
  silences: readonly Silence[],
): Promise<ToldSilence[]> {
  const held = await alertStore(db).openSilenced();
  const checks = await checkStore(db).byIds(silences.flatMap(({ checkId }) => checkId ?? []));
  const known = new Map(checks.map((check) => [check.id, check]));
  const things = await needs.namedThings(checks.map(({ target }) => target));
  const names = new Map(things.map(({ id, name }) => [id, name]));
  return silences.map((silence) => {
    const { belowIds: _below, until, createdAt, changedAt, endedAt, ...told } = silence;
    const named = silence.checkId === null ? undefined : known.get(silence.checkId);
    const holds = endedAt === null ? held.filter((alert) => holdsBack(silence, silenceable(alert))) : [];
    return {
      ...told,
      checkName: named?.name ?? null,
      checkTarget: named === undefined ? null : (names.get(named.target.id) ?? null),
      until: until.toISOString(),
      createdAt: createdAt.toISOString(),
      changedAt: changedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      held: holds.length,
      holds: holds.slice(0, mostHolds).map(({ check, target, state, failingSince }) => ({
        checkId: check.id,
        name: check.name,
        target: target.name,
        state,
        since: failingSince.toISOString(),
      })),
    };
  });
}

const mostHolds = 10;

function silenceable({ check, target, state }: Pick<StoredAlert, 'check' | 'target' | 'state'>) {
  return { checkId: check.id, checkKind: check.kind, checkName: check.name, targetId: target.id, state };
}

async function tellOne(parts: Pick<Parts, 'db' | 'needs'>, id: string): Promise<ToldSilence> {
  const silence = await silenceStore(parts.db).get(id);
  const [told] = silence === null ? [] : await tellSilences(parts, [silence]);
  if (told === undefined) throw new Refusal('not_found');
  return told;
}

/** Requests about silences. */
export function silenceHandlers(parts: Parts): Handlers<typeof watch>['silences'] {
  const { db, transact, clock } = parts;
  return {
    async list({ ended }) {
      const store = silenceStore(db);
      const silences = ended
        ? await store.ended()
        : (await store.open()).filter(({ until }) => until.getTime() > clock.now().getTime());
      return { items: await tellSilences(parts, silences) };
    },
    create: async (input, caller) => tellOne(parts, await silenceAlerts(parts, input, caller)),
    async change(input, caller) {
      await changeSilence(parts, input, caller);
      return tellOne(parts, input.id);
    },
    async end({ id }, caller) {
      const by = actorOf(caller).name;
      const ended = await transact(async (unit) => {
        const done = await silenceStore(unit.db).end(id, { at: clock.now(), why: 'person', by });
        if (done) await unit.live('watch.silence', id);
        return done;
      });
      if (!ended) throw new Refusal('not_found');
      await tellHeldBack(parts);
      return {};
    },
  };
}
