import { NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { BusinessCalendar } from '#contract/desk-levels.ts';
import { api, client } from '#web/shell/api.ts';
import { HolidayFields } from '#web/shell/holiday-fields.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNow } from '#web/ui/clock.ts';
import { Duration } from '#web/ui/duration.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { calendarDraft, calendarOf, emptyCalendar, type CalendarDraft } from './calendar-draft.ts';
import { useLevelTexts } from './level-texts.ts';
import { hoursOf } from './typed-hours.ts';
import './levels.css';

/** A calendar: when the desk is open; tried before it is kept. */
export function CalendarPage() {
  const { id = 'new' } = useParams();
  const { calendar: texts } = useLevelTexts();
  const { locale } = useUi();
  const all = useSuspenseQuery(api.desk.levels.calendars.list.queryOptions({ input: {} })).data.items;
  const known = all.find((one) => one.id === id);
  const [newId] = useState(() => uuid());
  const name = known === undefined ? texts.newTitle : known.name[locale.startsWith('fr') ? 'fr' : 'en'];
  return (
    <FormPage title={name}>
      <CalendarForm
        key={id}
        start={known === undefined ? emptyCalendar() : calendarDraft(known)}
        id={known?.id ?? newId}
      />
    </FormPage>
  );
}

type Set = (change: Partial<CalendarDraft>) => void;

function CalendarForm({ start, id }: { start: CalendarDraft; id: string }) {
  const { calendar: texts } = useLevelTexts();
  const refusal = useRefusal('desk.settings');
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const set: Set = (change) => setDraft((before) => ({ ...before, ...change }));
  const whole = calendarOf(draft, id);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (calendar: BusinessCalendar) => client.desk.levels.calendars.put(calendar),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.desk.levels.key() });
      await navigate(paths.levels(), { replace: true });
    },
  });
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.nameEn}
      name={draft.nameEn}
      onName={(nameEn) => set({ nameEn })}
      errors={{ ...errors, ...(errors['name.en'] === undefined ? {} : { name: errors['name.en'] }) }}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal ?? (whole === null ? texts.badHours : undefined)}
      cancelTo={paths.levels()}
      onSubmit={() => whole !== null && save.mutate(whole)}
    >
      <TextInput
        label={texts.nameFr}
        value={draft.nameFr}
        error={errors['name.fr']}
        maxLength={100}
        onChange={(event) => set({ nameFr: event.currentTarget.value })}
      />
      <TextInput
        label={texts.timeZone}
        value={draft.timeZone}
        error={errors['timeZone']}
        onChange={(event) => set({ timeZone: event.currentTarget.value })}
      />
      <Week draft={draft} set={set} />
      <HolidayFields draft={draft} errors={errors} set={set} />
      {whole !== null && <Preview calendar={whole} />}
    </NamedForm>
  );
}

function Week({ draft, set }: { draft: CalendarDraft; set: Set }) {
  const { calendar: texts } = useLevelTexts();
  return (
    <fieldset className="v-group">
      <legend>{texts.week}</legend>
      <p className="v-quiet">{texts.weekHelp}</p>
      <div className="v-level-week">
        {draft.week.map((typed, place) => (
          <label key={texts.days[place]} style={{ display: 'contents' }}>
            <span>{texts.days[place]}</span>
            <TextInput
              aria-label={texts.days[place] ?? ''}
              value={typed}
              error={hoursOf(typed) === null ? texts.badHours : undefined}
              onChange={(event) => {
                const { value } = event.currentTarget;
                set({ week: draft.week.map((one, other) => (other === place ? value : one)) });
              }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** When a promise by this calendar would be due, day by day. */
function Preview({ calendar }: { calendar: BusinessCalendar }) {
  const { calendar: texts } = useLevelTexts();
  const { locale } = useUi();
  const now = useNow();
  const [from, setFrom] = useState(() => new Date(now).toISOString().slice(0, 16));
  const [minutes, setMinutes] = useState(480);
  const begun = new Date(from);
  const { id: _id, name: _name, ...rest } = calendar;
  const shown = useQuery({
    ...api.desk.levels.calendars.preview.queryOptions({
      input: {
        ...rest,
        from: Number.isNaN(begun.getTime()) ? new Date(0).toISOString() : begun.toISOString(),
        minutes,
      },
    }),
    enabled: !Number.isNaN(begun.getTime()) && minutes >= 1,
    placeholderData: (before) => before,
    retry: false,
    meta: { quiet: true },
  }).data;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const named = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));
  return (
    <Section title={texts.preview}>
      <TextInput
        type="datetime-local"
        label={texts.from}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <NumberInput
        label={texts.minutes}
        min={1}
        max={525_600}
        value={minutes}
        onChange={(value) => setMinutes(Number(value) || 1)}
      />
      {shown !== undefined && (
        <>
          <p>
            {texts.due} <strong>{shown.dueAt === null ? texts.never : <Time at={shown.dueAt} show="clock" />}</strong>
          </p>
          <ul className="v-promise-lines">
            {shown.days.map(({ date, countedSeconds, holiday }) => (
              <li key={date}>
                {named(date)} ·{' '}
                {holiday === null ? <Duration ms={countedSeconds * 1_000} /> : `${texts.holiday} (${holiday})`}
              </li>
            ))}
          </ul>
          {shown.holidays.length > 0 && (
            <p className="v-quiet">
              {texts.next(shown.holidays.slice(0, 5).map(({ date, name }) => `${named(date)} (${name})`))}
            </p>
          )}
        </>
      )}
    </Section>
  );
}
