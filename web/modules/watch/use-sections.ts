import { paths } from '#web/paths.ts';
import type { ListNeighbour } from '#web/ui/list/list-page.tsx';
import { useWatchTexts } from './watch-texts.ts';

/** The lists of Watch, one beside the other. */
export function useSections(): readonly ListNeighbour[] {
  const { sections } = useWatchTexts();
  return [
    { title: sections.checks, to: paths.watch() },
    { title: sections.profiles, to: paths.profiles() },
  ];
}
