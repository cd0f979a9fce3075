import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useLogbookTexts } from './logbook-texts.ts';

/** The lists of the logbook, one beside the other. */
export function useSections(): readonly (ListNeighbour & { end?: boolean })[] {
  const { sections } = useLogbookTexts();
  return [
    { title: sections.entries, to: paths.logbook(), end: true },
    { title: sections.solutions, to: paths.solutions() },
  ];
}
