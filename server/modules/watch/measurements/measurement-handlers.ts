import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KnownSeries } from '#contract/measurement.ts';
import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { authorityHandlers } from '../checks/keep-authorities.ts';
import { dashboardHandlers } from './keep-dashboard.ts';
import { drawSeries } from './draw-series.ts';
import { exportCsv } from './export-csv.ts';
import { remoteHandlers } from './keep-remote.ts';
import { setRetention, tellRetention } from './keep-retention.ts';
import { seriesLabel } from './series-label.ts';
import { metricsStore } from './store-metrics.ts';
import { seriesStore, type FullSeries } from './store-series.ts';

/** What measurements and dashboards need. */
export interface MeasurementParts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly log: Log;
}

const mostNames = 2_000;

function tellSeries(series: FullSeries, language: Language): KnownSeries {
  return {
    id: series.id,
    checkId: series.check.id,
    checkName: series.check.name,
    targetName: series.targetName,
    name: series.name,
    label: seriesLabel(series.check.kind, series.name, language),
    unit: series.unit,
    last: series.last,
    lastAt: series.lastAt?.toISOString() ?? null,
  };
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether who asks for /metrics may have it. */
export async function metricsAllowed(db: Database<'watch'>, token: string | null): Promise<boolean> {
  const wanted = await metricsStore(db).tokenHash();
  return wanted === null || (token !== null && timingSafeEqual(hashOf(token), wanted));
}

function doorHandlers({ db, transact }: MeasurementParts): Handlers<typeof watch>['metricsDoor'] {
  return {
    get: async () => ({ closed: (await metricsStore(db).tokenHash()) !== null }),
    async set({ closed }) {
      const token = closed ? randomBytes(24).toString('base64url') : null;
      await transact((unit) => metricsStore(unit.db).setTokenHash(token === null ? null : hashOf(token)));
      return { closed, token };
    },
  };
}

type Measuring = Pick<
  Handlers<typeof watch>,
  'authorities' | 'measurements' | 'retention' | 'remoteWrite' | 'metricsDoor' | 'dashboards'
>;

/** The requests about measurements over time and about dashboards. */
export function measurementHandlers(parts: MeasurementParts): Measuring {
  const { db, clock } = parts;
  return {
    measurements: {
      async series(input, { language }) {
        const { items, ...page } = await seriesStore(db).list(input);
        return { items: items.map((each) => tellSeries(each, language)), ...page };
      },
      async top({ name, kind, order, limit }, { language }) {
        const items = await seriesStore(db).top({ name, kind, order, limit });
        return { items: items.map((each) => tellSeries(each, language)) };
      },
      async names(_input, { language }) {
        const items = await seriesStore(db).names(mostNames);
        return { items: items.map((each) => ({ ...each, label: seriesLabel(each.kind, each.name, language) })) };
      },
      chart: (input, { language }) => drawSeries(parts, input, language),
      csv: (input, caller) => exportCsv(db, clock, input, input.language ?? caller.language),
    },
    authorities: authorityHandlers(parts),
    retention: {
      get: () => tellRetention(db),
      set: (input) => setRetention(parts, input),
    },
    remoteWrite: remoteHandlers(parts),
    metricsDoor: doorHandlers(parts),
    dashboards: dashboardHandlers(parts),
  };
}
