import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Dashboard, Widget } from '#contract/dashboard.ts';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { dashboardQuery } from './dashboard-queries.ts';

const mostSteps = 100;
const saveAfterMs = 800;

interface History {
  readonly past: readonly (readonly Widget[])[];
  readonly now: readonly Widget[];
  readonly future: readonly (readonly Widget[])[];
}

/** A dashboard while it is arranged: each change can be undone, and is saved a moment later. */
export interface DashboardEditor {
  readonly widgets: readonly Widget[];
  readonly change: (widgets: readonly Widget[]) => void;
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly saving: boolean;
  /** Why the last change could not be saved. */
  readonly problem: string | undefined;
}

export function useDashboardEditor(dashboard: Dashboard): DashboardEditor {
  const { id } = dashboard;
  const [history, setHistory] = useState<History>({ past: [], now: dashboard.widgets, future: [] });
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const version = useRef(dashboard.version);
  const wanted = useRef<readonly Widget[]>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef(false);

  const save = useEffectEvent(async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    try {
      while (wanted.current !== undefined) {
        const widgets = [...wanted.current];
        wanted.current = undefined;
        const saved = await client.watch.dashboards.change({ id, version: version.current, widgets });
        version.current = saved.version;
        queryClient.setQueryData(dashboardQuery(id).queryKey, saved);
        setProblem(undefined);
      }
    } catch (error) {
      setProblem(sentenceOf(error).text);
    } finally {
      running.current = false;
      setSaving(false);
    }
  });
  const later = (widgets: readonly Widget[]): void => {
    wanted.current = widgets;
    setSaving(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), saveAfterMs);
  };
  // Whoever leaves right after a change has made it all the same.
  const leave = useEffectEvent(() => {
    clearTimeout(timer.current);
    if (wanted.current !== undefined) void save();
  });
  useEffect(() => () => leave(), []);

  const go = (next: History): void => {
    setHistory(next);
    later(next.now);
  };
  const { past, now, future } = history;
  const before = past.at(-1);
  const after = future[0];
  return {
    widgets: now,
    change: (widgets) => go({ past: [...past.slice(-mostSteps), now], now: widgets, future: [] }),
    undo:
      before === undefined ? undefined : () => go({ past: past.slice(0, -1), now: before, future: [now, ...future] }),
    redo: after === undefined ? undefined : () => go({ past: [...past, now], now: after, future: future.slice(1) }),
    saving,
    problem,
  };
}
