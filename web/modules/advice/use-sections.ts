import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useAdviceTexts } from './advice-texts.ts';

/** Advice's own sections, as tabs. */
export function useSections(): readonly ListNeighbour[] {
  const { tabs } = useAdviceTexts();
  return [
    { title: tabs.recommendations, to: paths.advice() },
    { title: tabs.forecasts, to: paths.forecasts() },
    { title: tabs.anomalies, to: paths.anomalies() },
    { title: tabs.policies, to: paths.anomalyPolicies() },
  ];
}
