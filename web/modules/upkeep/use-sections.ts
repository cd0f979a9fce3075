import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useWindowTexts } from './window-texts.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';

/** The lists of upkeep, one beside the other. */
export function useSections(): readonly ListNeighbour[] {
  const { sections } = useUpkeepTexts();
  return [
    { title: sections.runbooks, to: paths.upkeep() },
    { title: sections.runs, to: paths.runs() },
    { title: useWindowTexts().section, to: paths.windows() },
    { title: sections.access, to: paths.access() },
    { title: sections.credentials, to: paths.credentials() },
    { title: sections.leases, to: paths.leases() },
  ];
}
