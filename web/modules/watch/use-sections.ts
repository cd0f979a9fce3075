import { paths } from '#web/paths.ts';
import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { useCalmTexts } from './calm/calm-texts.ts';
import { useMeasurementTexts } from './measurements/measurement-texts.ts';
import { useWatchTexts } from './watch-texts.ts';

/** The lists of Watch, one beside the other. */
export function useSections(): readonly ListNeighbour[] {
  const { sections } = useWatchTexts();
  const calm = useCalmTexts();
  const measuring = useMeasurementTexts();
  return [
    { title: sections.checks, to: paths.watch() },
    { title: sections.map, to: paths.watchMap() },
    { title: sections.profiles, to: paths.profiles() },
    { title: calm.availability.title, to: paths.availability() },
    { title: calm.silences.title, to: paths.silences() },
    { title: calm.noise.title, to: paths.noise() },
    { title: measuring.dashboards.title, to: paths.dashboards() },
    { title: measuring.charts.title, to: paths.charts() },
    { title: measuring.keep.title, to: paths.keepMeasurements() },
    { title: measuring.authorities.title, to: paths.authorities() },
  ];
}
