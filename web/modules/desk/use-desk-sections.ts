import { paths } from '#web/paths.ts';
import { useLevelTexts } from './levels/level-texts.ts';
import { useSettingsTexts } from './settings/settings-texts.ts';
import { useMailTexts } from './mail/mail-texts.ts';
import { useSatisfactionTexts } from './levels/satisfaction-texts.ts';
import { useWorkTexts } from './tickets/work-texts.ts';

/** The parts of the desk, one beside the other. */
export function useDeskSections(): readonly { title: string; to: string; end: boolean }[] {
  const { sections } = useMailTexts();
  const levels = useLevelTexts();
  const quality = useSatisfactionTexts();
  const { answers, categories } = useSettingsTexts();
  const { templates } = useWorkTexts();
  return [
    { title: sections.tickets, to: paths.desk(), end: true },
    { title: answers.title, to: paths.answers(), end: true },
    { title: templates.title, to: paths.ticketTemplates(), end: true },
    { title: categories.title, to: paths.categories(), end: true },
    { title: levels.title, to: paths.levels(), end: true },
    { title: quality.title, to: paths.quality(), end: true },
    { title: sections.mails, to: paths.mails(), end: true },
    { title: sections.mailboxes, to: paths.mailboxes(), end: true },
    { title: sections.rules, to: paths.mailRules(), end: true },
    { title: sections.listener, to: paths.mailListener(), end: true },
  ];
}
