import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useReportsTexts } from './reports-texts.ts';

/** The reports' own sections, as tabs. */
export function useSections(): readonly ListNeighbour[] {
  const { tabs } = useReportsTexts();
  return [
    { title: tabs.resolutions, to: paths.reports() },
    { title: tabs.availability, to: paths.availabilityReport() },
  ];
}
