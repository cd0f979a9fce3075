import { useMe } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { usePeopleTexts } from './people-texts.ts';

/** The parts of the team that I may see, one beside the other. */
export function useSections(): readonly { title: string; to: string; end: boolean }[] {
  const { sections, onCall } = usePeopleTexts();
  const { permissions } = useMe();
  return [
    ...(permissions.includes('people.read')
      ? [
          { title: sections.persons, to: paths.people(), end: true },
          { title: onCall.section, to: paths.rotas(), end: false },
          { title: onCall.teams, to: paths.teams(), end: true },
        ]
      : []),
    ...(permissions.includes('audit.read') ? [{ title: sections.audit, to: paths.audit(), end: true }] : []),
    { title: sections.me, to: paths.me(), end: true },
  ];
}
