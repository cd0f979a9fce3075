import { paths } from '#web/paths.ts';
import { useNotifyTexts } from './notify-texts.ts';

/** The parts of the notices, one beside the other. */
export function useSections(): readonly { title: string; to: string; end: boolean }[] {
  const { sections } = useNotifyTexts();
  return [
    { title: sections.channels, to: paths.notify(), end: true },
    { title: sections.routes, to: paths.routes(), end: false },
    { title: sections.policies, to: paths.policies(), end: false },
    { title: sections.deliveries, to: paths.deliveries(), end: true },
    { title: sections.mine, to: paths.notifyMine(), end: true },
    { title: sections.mailServer, to: paths.mailServer(), end: true },
  ];
}
