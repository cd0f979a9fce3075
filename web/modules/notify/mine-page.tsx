import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { priority } from '#contract/desk.ts';
import type { QuietHours } from '#contract/notify-routes.ts';
import { client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { LastNotice } from './channel-list-page.tsx';
import { channelsQuery, quietHoursQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
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

/** Monday to Sunday in the reader's language. */
function useDayNames(): readonly { day: number; name: string }[] {
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'short', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: format.format(new Date(Date.UTC(2024, 0, day))) }));
}

function QuietHoursForm() {
  const { mine: texts, priorities } = useNotifyTexts();
  const refusal = useRefusal('notify.own');
  const stored = useSuspenseQuery(quietHoursQuery).data;
  const days = useDayNames();
  const [draft, setDraft] = useState<QuietHours>(
    stored ?? {
      active: false,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      from: '22:00',
      until: '07:00',
      days: [],
      through: 'critical',
      onCallThrough: true,
    },
  );
  const set = (change: Partial<QuietHours>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.notify.quietHours.set(draft),
    onSuccess: (saved) => {
      queryClient.setQueryData(quietHoursQuery.queryKey, saved);
      notifications.show({ message: texts.saved });
    },
  });
  const errors = formErrorsOf(save.error);
  return (
    <Section title={texts.quiet}>
      <p className="v-form-lead">{texts.quietLead}</p>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {errors[''] !== undefined && <p className="v-problem-text">{errors['']}</p>}
        <Checkbox
          label={texts.active}
          checked={draft.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        <div className="v-explain-asked">
          <TextInput
            type="time"
            label={texts.from}
            value={draft.from}
            error={errors['from']}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={texts.until}
            value={draft.until}
            error={errors['until']}
            onChange={(event) => set({ until: event.currentTarget.value })}
          />
        </div>
        <TextInput
          label={texts.timeZone}
          value={draft.timeZone}
          error={errors['timeZone']}
          onChange={(event) => set({ timeZone: event.currentTarget.value })}
        />
        <fieldset className="v-days">
          <legend>{texts.days}</legend>
          {days.map(({ day, name }) => (
            <Checkbox
              key={day}
              label={name}
              checked={draft.days.includes(day)}
              onChange={(event) =>
                set({
                  days: event.currentTarget.checked
                    ? [...draft.days, day].toSorted()
                    : draft.days.filter((one) => one !== day),
                })
              }
            />
          ))}
        </fieldset>
        <NativeSelect
          label={texts.through}
          description={texts.throughHelp}
          value={draft.through ?? ''}
          onChange={(event) =>
            set({ through: event.currentTarget.value === '' ? null : priority.parse(event.currentTarget.value) })
          }
          data={[
            { value: '', label: texts.throughNone },
            ...priority.options.map((value) => ({ value, label: texts.throughFrom(priorities[value]) })),
          ]}
        />
        <Checkbox
          label={texts.onCall}
          checked={draft.onCallThrough}
          onChange={(event) => set({ onCallThrough: event.currentTarget.checked })}
        />
        <div className="v-form-end">
          <ActionButton main submit busy={save.isPending} refusal={refusal}>
            {texts.save}
          </ActionButton>
        </div>
      </form>
    </Section>
  );
}
