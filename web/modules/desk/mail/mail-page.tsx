import type { ReactNode } from 'react';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { useMailTexts } from './mail-texts.ts';
import { useDeskSections } from '../use-desk-sections.ts';
import '#web/ui/page.css';
import './mail.css';

/** A page of the desk's mail that is no list: its title, what can be done, and the tabs. */
export function MailPage({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const { title: mail } = useMailTexts();
  return (
    <section className="v-page" data-scroll="">
      <title>{`${title} – Vigie`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{title}</h1>
        {actions !== undefined && <div className="v-page-actions">{actions}</div>}
      </header>
      <SectionTabs label={mail} tabs={useDeskSections()} />
      <div className="v-mail-page">{children}</div>
    </section>
  );
}
