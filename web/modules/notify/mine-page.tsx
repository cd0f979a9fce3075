import { useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { LastNotice } from './channel-list-page.tsx';
import { channelsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { QuietHoursForm } from './quiet-hours-form.tsx';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './notify.css';

/** Where I am told, and when not. */
export function MinePage() {
  const { mine: texts, channels: words, title } = useNotifyTexts();
  const me = useMe().person.id;
  const mine = useSuspenseQuery(channelsQuery).data.items.filter(({ personId }) => personId === me);
  const refusal = useRefusal('notify.own');
  const sections = useSections();
  const add = (
    <ActionButton to={paths.channelNew(true)} icon={<IconPlus size={15} />} refusal={refusal}>
      {texts.add}
    </ActionButton>
  );
  return (
    <section className="v-page" data-scroll="">
      <title>{`${texts.title} – ${title}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
      </header>
      <SectionTabs label={title} tabs={sections} />
      <div className="v-routing">
        <Section title={texts.channels} aside={add}>
          {mine.length === 0 && <p className="v-notify-warning">{texts.none}</p>}
          <ul className="v-explained">
            {mine
              .toSorted((one, other) => one.afterMinutes - other.afterMinutes)
              .map((channel) => (
                <li key={channel.id} data-off={!channel.active || undefined}>
                  <span className="v-explained-when">{words.after(channel.afterMinutes)}</span>
                  <span>
                    <Link className="v-link" to={paths.channel(channel.id)}>
                      {channel.name}
                    </Link>
                    <span className="v-explained-way">{channel.destination}</span>
                    <LastNotice channel={channel} />
                  </span>
                </li>
              ))}
          </ul>
        </Section>
        <QuietHoursForm />
      </div>
    </section>
  );
}
