import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Widget } from '#contract/dashboard.ts';
import { ready } from '#web/shell/query-client.ts';
import { useLineLost } from '#web/shell/live-line.ts';
import { paths } from '#web/paths.ts';
import { nowMs, useNow } from '#web/ui/clock.ts';
import { formatExact } from '#web/ui/format.ts';
import { useKeys } from '#web/ui/keys.ts';
import { useUi } from '#web/ui/words.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { DashboardGrid } from './dashboard-grid.tsx';
import { dashboardQuery, dashboardsQuery } from './dashboard-queries.ts';
import './dashboard.css';

export const loader = () => ready(dashboardsQuery());

const usualSeconds = 30;
/** Long enough for nobody to notice, short enough that a screen on a wall never runs for weeks on the same page. */
const reloadMs = 6 * 3_600_000;

/** The moment since which nothing has come from the server; undefined while it answers. */
function useLostSince(): number | undefined {
  const lost = useLineLost();
  const [since, setSince] = useState<number>();
  const now = useNow();
  if (lost && since === undefined) setSince(now);
  if (!lost && since !== undefined) setSince(undefined);
  return since;
}

/** A page is loaded anew from time to time, but only while the server answers: else nothing would be left to see. */
function useRenewal(lost: boolean): void {
  const [begun] = useState(nowMs);
  const due = useNow() - begun > reloadMs;
  useEffect(() => {
    if (due && !lost) globalThis.location.reload();
  }, [due, lost]);
}

/** The screen of a wall stays lit where the browser allows it. */
function useLitScreen(): void {
  useEffect(() => {
    let lock: { release: () => Promise<void> } | undefined;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    };
    void ask();
    const again = (): void => void ask();
    document.addEventListener('visibilitychange', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}

/** Fills the screen, or gives it back; a browser that does not want to says so by doing nothing. */
function fillScreen(): void {
  const turning =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  void turning.catch(() => undefined);
}

/** A wall screen: one dashboard, or those of the address in turn, without anything to press. */
export function WallPage() {
  const { dashboards: texts } = useMeasurementTexts();
  const { locale, timeZone } = useUi();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const all = useQuery({ ...dashboardsQuery(), refetchInterval: 60_000 }).data?.items ?? [];
  const only = params.get('only')?.split(' ');
  const chosen = all.filter(({ id, widgets }) => (only === undefined ? widgets > 0 : only.includes(id)));
  const seconds = Math.max(5, Number(params.get('seconds') ?? usualSeconds) || usualSeconds);
  const turn = Math.floor(useNow() / 1000 / seconds);
  const shown = chosen[turn % Math.max(1, chosen.length)];
  const found = useQuery({ ...dashboardQuery(shown?.id ?? ''), enabled: shown !== undefined, refetchInterval: 60_000 });
  const next = chosen[(turn + 1) % Math.max(1, chosen.length)];
  useEffect(() => {
    // What comes next is fetched while this is looked at.
    if (next !== undefined) void ready(dashboardQuery(next.id)).catch(() => undefined);
  }, [next]);
  const lostSince = useLostSince();
  useRenewal(lostSince !== undefined);
  useLitScreen();
  const leave = (): void => void navigate(only?.length === 1 ? paths.dashboard(only[0] ?? '') : paths.dashboards());
  useKeys(texts.wall, [
    { keys: 'Escape', label: texts.leaveWall, run: leave },
    { keys: 'f', label: texts.fullScreen, run: fillScreen },
  ]);
  return (
    <section className="v-wall" aria-label={texts.wall}>
      <title>{found.data?.name ?? texts.wall}</title>
      <header className="v-wall-head">
        <h1>{found.data?.name}</h1>
        <WallClock />
        {document.fullscreenEnabled && (
          <button type="button" className="v-wall-leave" onClick={fillScreen}>
            {texts.fullScreen}
          </button>
        )}
        <button type="button" className="v-wall-leave" onClick={leave}>
          {texts.leaveWall}
        </button>
      </header>
      {lostSince !== undefined && (
        <p className="v-wall-lost" role="alert">
          {texts.lost} {formatExact(new Date(lostSince), locale, timeZone)}
        </p>
      )}
      {found.data !== undefined && (
        <DashboardGrid key={found.data.id} widgets={found.data.widgets} rowHeight={rowHeightFor(found.data.widgets)} />
      )}
    </section>
  );
}

const headHeight = 110;
const gap = 12;

/** Rows as high as lets all stand on the screen, unless nobody could read it then. */
function rowHeightFor(widgets: readonly Widget[]): number {
  const rows = widgets.reduce((most, { y, h }) => Math.max(most, y + h), 1);
  return Math.max(26, Math.min(64, Math.floor((innerHeight - headHeight - gap * (rows - 1)) / rows)));
}

function WallClock() {
  const { locale, timeZone } = useUi();
  const now = new Date(useNow());
  return (
    <time className="v-number" dateTime={now.toISOString()}>
      {new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(now)}
    </time>
  );
}
