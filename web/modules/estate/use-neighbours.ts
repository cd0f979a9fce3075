import { paths } from '#web/paths.ts';
import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { useEstateTexts } from './estate-texts.ts';

/** The lists of the estate, as tabs. */
export function useNeighbours(): readonly ListNeighbour[] {
  const texts = useEstateTexts();
  return [
    { title: texts.hosts, to: paths.estate() },
    { title: texts.services, to: paths.services() },
    { title: texts.sites, to: paths.sites() },
    { title: texts.suppliers, to: paths.suppliers() },
  ];
}
