import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { useNotifyTexts } from './notify-texts.ts';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './notify.css';

interface AddButtonProps {
  readonly to: string;
  readonly children: string;
}

/** Leads to the form of a new one. */
export function AddButton({ to, children }: AddButtonProps) {
  const refusal = useRefusal('notify.write');
  return (
    <ActionButton main to={to} icon={<IconPlus size={15} />} refusal={refusal}>
      {children}
    </ActionButton>
  );
}

interface NoticesPageProps {
  readonly title: string;
  /** Its name among the tabs, for the window's title. */
  readonly section: string;
  readonly add: ReactNode;
  readonly children: ReactNode;
}

/** A page of the notices that is no list: title, what is added, and the tabs. */
export function NoticesPage({ title, section, add, children }: NoticesPageProps) {
  const { title: notices } = useNotifyTexts();
  return (
    <section className="v-page" data-scroll="">
      <title>{`${section} – ${notices}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{title}</h1>
        <div className="v-page-actions">{add}</div>
      </header>
      <SectionTabs label={notices} tabs={useSections()} />
      {children}
    </section>
  );
}
