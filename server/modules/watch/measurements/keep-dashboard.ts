import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Dashboard, dashboardFile } from '#contract/dashboard.ts';
import type { watch } from '#contract/watch.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { shownSeries, withSeries } from './portable-dashboard.ts';
import { dashboardStore, type StoredDashboard } from './store-dashboard.ts';
import { seriesStore } from './store-series.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

const mostDashboards = 500;

/** Its owner may change a dashboard, and an administrator one that is shared. */
function mayChange({ ownerId, shared }: StoredDashboard, caller: Caller): boolean {
  const { id, role } = actorOf(caller);
  return ownerId === id || (shared && role === 'administrator');
}

function tell(stored: StoredDashboard, caller: Caller): Dashboard {
  return {
    id: stored.id,
    name: stored.name,
    owner: { kind: 'person', id: stored.ownerId, name: stored.ownerName },
    shared: stored.shared,
    mine: mayChange(stored, caller),
    version: stored.version,
    changedAt: stored.changedAt.toISOString(),
    widgets: [...stored.widgets],
  };
}

/** Somebody else's private dashboard does not exist for anybody else, administrators included. */
async function visible(db: Database<'watch'>, id: string, caller: Caller): Promise<StoredDashboard> {
  const found = await dashboardStore(db).get(id);
  if (found === null || !(found.shared || found.ownerId === actorOf(caller).id)) throw new Refusal('not_found');
  return found;
}

async function changeable(db: Database<'watch'>, id: string, caller: Caller): Promise<StoredDashboard> {
  const found = await visible(db, id, caller);
  if (!mayChange(found, caller)) throw new Refusal('not_yours');
  return found;
}

type NewDashboard = Pick<StoredDashboard, 'name' | 'shared' | 'widgets'>;

function add({ transact, clock }: Parts, wanted: NewDashboard, caller: Caller): Promise<Dashboard> {
  const { id: ownerId, name: ownerName } = actorOf(caller);
  return transact(async ({ db, live }) => {
    const store = dashboardStore(db);
    if ((await store.count()) >= mostDashboards) throw new Refusal('dashboards_full', { most: mostDashboards });
    const added = { ...wanted, id: uuid(), ownerId, ownerName, version: 1, changedAt: clock.now() };
    await store.add(added);
    await live('watch.dashboard', added.id);
    return tell(added, caller);
  });
}

function change(
  { transact, clock }: Parts,
  asked: Parameters<Handlers<typeof watch>['dashboards']['change']>[0],
  caller: Caller,
): Promise<Dashboard> {
  return transact(async ({ db, live }) => {
    const known = await changeable(db, asked.id, caller);
    const wanted: StoredDashboard = {
      ...known,
      name: asked.name ?? known.name,
      shared: asked.shared ?? known.shared,
      widgets: asked.widgets ?? known.widgets,
      version: asked.version ?? known.version,
      changedAt: clock.now(),
    };
    if (!(await dashboardStore(db).change(wanted))) throw new Refusal('dashboard_changed');
    await live('watch.dashboard', asked.id);
    return tell({ ...wanted, version: wanted.version + 1 }, caller);
  });
}

/** A dashboard with the names of what it shows, which another Vigie may know too. */
async function toFile(db: Database<'watch'>, stored: StoredDashboard): Promise<z.infer<typeof dashboardFile>> {
  const series = await seriesStore(db).byIds(shownSeries(stored.widgets));
  return {
    vigieDashboard: 1,
    name: stored.name,
    widgets: [...stored.widgets],
    series: series.map((each) => ({
      id: each.id,
      check: each.check.name,
      target: each.targetName,
      name: each.name,
    })),
  };
}

async function fromFile(
  parts: Parts,
  file: z.infer<typeof dashboardFile>,
  caller: Caller,
): Promise<{ dashboard: Dashboard; missing: number }> {
  const known = await seriesStore(parts.db).byNames(file.series);
  const ids = new Map(file.series.map(({ id }, index) => [id, known[index] ?? null]));
  const idOf = (id: number): number | null => ids.get(id) ?? null;
  const missing = shownSeries(file.widgets).filter((id) => idOf(id) === null).length;
  const widgets = withSeries(file.widgets, idOf);
  return { dashboard: await add(parts, { name: file.name, shared: false, widgets }, caller), missing };
}

/** Dashboards: private ones are their owner's alone, shared ones everybody's to see. */
export function dashboardHandlers(parts: Parts): Handlers<typeof watch>['dashboards'] {
  const { db, transact } = parts;
  return {
    async list(_input, caller) {
      const all = await dashboardStore(db).visible(actorOf(caller).id);
      return { items: all.map((each) => ({ ...tell(each, caller), widgets: each.widgets.length })) };
    },
    get: async ({ id }, caller) => tell(await visible(db, id, caller), caller),
    create: (input, caller) => add(parts, input, caller),
    change: (input, caller) => change(parts, input, caller),
    remove: ({ id }, caller) =>
      transact(async (unit) => {
        await changeable(unit.db, id, caller);
        await dashboardStore(unit.db).remove(id);
        await unit.live('watch.dashboard', id);
        return {};
      }),
    async duplicate({ id, name }, caller) {
      const { widgets } = await visible(db, id, caller);
      return add(parts, { name, shared: false, widgets }, caller);
    },
    export: async ({ id }, caller) => toFile(db, await visible(db, id, caller)),
    import: (input, caller) => fromFile(parts, input, caller),
  };
}
