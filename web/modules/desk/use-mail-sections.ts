import { paths } from '#web/paths.ts';
import { useMailTexts } from './mail-texts.ts';

/** The parts of the desk's mail, one beside the other. */
export function useMailSections(): readonly { title: string; to: string; end: boolean }[] {
  const { sections } = useMailTexts();
  return [
    { title: sections.tickets, to: paths.desk(), end: true },
    { title: sections.mails, to: paths.mails(), end: true },
    { title: sections.mailboxes, to: paths.mailboxes(), end: true },
    { title: sections.rules, to: paths.mailRules(), end: true },
    { title: sections.listener, to: paths.mailListener(), end: true },
  ];
}
