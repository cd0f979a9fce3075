import { Checkbox, Group, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { MaintenanceWindow } from '#contract/maintenance-window.ts';
import type { ThingRef } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { TagPicker } from '#web/shell/tag-picker.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { nowMs } from '#web/ui/clock.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { hostsQuery, servicesQuery, sitesQuery, windowQuery } from './upkeep-queries.ts';
import { useWindowTexts } from './window-texts.ts';

type Repeats = MaintenanceWindow['repeats'];
const repeatChoices: readonly Repeats[] = ['never', 'daily', 'weekly', 'monthly', 'monthlyByDay'];
const minuteMs = 60_000;

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A moment as its input field wants it: local clock time without a zone. */
function fieldTime(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function refOf(chosen: string): ThingRef[] {
  const [kind = '', id = ''] = chosen.split(' ');
  return kind === 'site' || kind === 'host' || kind === 'service' ? [{ kind, id }] : [];
}

function listed(kind: string, all: readonly { id: string; name: string }[]) {
  return all.map(({ id, name }) => ({ value: `${kind} ${id}`, label: name }));
}

function useThings() {
  const hosts = useSuspenseQuery(hostsQuery).data;
  const sites = useSuspenseQuery(sitesQuery).data.items;
  const services = useSuspenseQuery(servicesQuery).data.items;
  return [...listed('site', sites), ...listed('service', services), ...listed('host', hosts)];
}

function startOf(known: MaintenanceWindow | undefined): string {
  if (known !== undefined) return fieldTime(Date.parse(known.startsAt));
  return fieldTime(Math.ceil(nowMs() / (15 * minuteMs)) * 15 * minuteMs);
}

function useDraft(known?: MaintenanceWindow) {
  const { timeZone } = useUi();
  const [name, setName] = useState(known?.name ?? '');
  const [reason, setReason] = useState(known?.reason ?? '');
  const [targets, setTargets] = useState<string[]>(() => known?.targets.map(({ kind, id }) => `${kind} ${id}`) ?? []);
  const [tags, setTags] = useState<readonly string[]>(known?.tags ?? []);
  const [startsAt, setStartsAt] = useState(() => startOf(known));
  const [minutes, setMinutes] = useState(known?.durationMinutes ?? 60);
  const [repeats, setRepeats] = useState<Repeats>(known?.repeats ?? 'never');
  const [days, setDays] = useState<readonly number[]>(known?.days ?? []);
  const [zone, setZone] = useState(known?.timeZone ?? timeZone);
  const [lastDay, setLastDay] = useState(() => (known?.lastAt ? fieldTime(Date.parse(known.lastAt)).slice(0, 10) : ''));
  const read = () => {
    const at = new Date(startsAt);
    const things = targets.flatMap(refOf);
    if (name.trim() === '' || (things.length === 0 && tags.length === 0) || Number.isNaN(at.getTime()))
      return undefined;
    return {
      name,
      reason,
      targets: things,
      tags: [...tags],
      // A field knows minutes only: what was not touched stays to the second.
      startsAt: known !== undefined && startsAt === startOf(known) ? known.startsAt : at.toISOString(),
      durationMinutes: minutes,
      repeats,
      days: repeats === 'weekly' ? [...days] : [],
      timeZone: zone,
      lastAt: repeats === 'never' || lastDay === '' ? null : new Date(`${lastDay}T23:59:59`).toISOString(),
    };
  };
  const set = {
    setName,
    setReason,
    setTargets,
    setTags,
    setStartsAt,
    setMinutes,
    setRepeats,
    setDays,
    setZone,
    setLastDay,
  };
  return { name, reason, targets, tags, startsAt, minutes, repeats, days, zone, lastDay, ...set, read };
}

/** Agrees on time for work. */
export function WindowNewPage() {
  return <WindowForm />;
}

/** Changes agreed time for work; a turn that goes on follows at once. */
export function WindowEditPage() {
  const { id = '' } = useParams();
  return <WindowForm known={useSuspenseQuery(windowQuery(id)).data} />;
}

function WindowForm({ known }: { known?: MaintenanceWindow }) {
  const texts = useWindowTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('upkeep.write');
  const draft = useDraft(known);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: (asked: NonNullable<ReturnType<typeof draft.read>>) =>
      known === undefined
        ? client.upkeep.windows.create(asked)
        : client.upkeep.windows.change({ id: known.id, ...asked }),
    meta: { quiet: true },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: api.upkeep.windows.key() });
      await navigate(paths.window(id), { replace: true });
    },
  });
  const wanting = tried && draft.read() === undefined;
  const title = known === undefined ? texts.form.title : texts.form.editTitle(known.name);
  return (
    <FormPage title={title} lead={known === undefined ? texts.form.lead : texts.form.editLead}>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const asked = draft.read();
          if (asked !== undefined) save.mutate(asked);
        }}
      >
        <WindowFields draft={draft} />
        {(wanting || save.error !== null) && (
          <p className="v-problem-text" role="alert">
            {save.error === null ? texts.form.needed : sentenceOf(save.error).text}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <ActionButton onClick={() => void navigate(-1)}>{words.actions.cancel}</ActionButton>
          <ActionButton main submit busy={save.isPending} refusal={refusal}>
            {known === undefined ? texts.form.submit : words.actions.save}
          </ActionButton>
        </Group>
      </form>
    </FormPage>
  );
}

function WindowFields({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const { form } = useWindowTexts();
  const things = useThings();
  return (
    <>
      <TextInput
        label={form.name}
        description={form.nameHelp}
        value={draft.name}
        maxLength={200}
        onChange={(event) => draft.setName(event.currentTarget.value)}
      />
      <Textarea
        label={form.reason}
        description={form.reasonHelp}
        autosize
        minRows={2}
        maxLength={1_000}
        value={draft.reason}
        onChange={(event) => draft.setReason(event.currentTarget.value)}
      />
      <MultiSelect label={form.targets} searchable data={things} value={draft.targets} onChange={draft.setTargets} />
      <TagPicker label={form.tags} description={form.tagsHelp} value={draft.tags} onChange={draft.setTags} />
      <WindowTimes draft={draft} />
    </>
  );
}

function WindowTimes({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const texts = useWindowTexts();
  const { form } = texts;
  return (
    <>
      <TextInput
        type="datetime-local"
        label={form.startsAt}
        value={draft.startsAt}
        onChange={(event) => draft.setStartsAt(event.currentTarget.value)}
      />
      <NumberInput
        label={form.duration}
        min={1}
        max={10_080}
        value={draft.minutes}
        onChange={(value) => draft.setMinutes(Math.max(1, Math.round(Number(value))))}
      />
      <NativeSelect
        label={form.repeats}
        value={draft.repeats}
        data={repeatChoices.map((value) => ({ value, label: texts.repeats[value] }))}
        onChange={(event) =>
          draft.setRepeats(repeatChoices.find((each) => each === event.currentTarget.value) ?? 'never')
        }
      />
      {draft.repeats === 'weekly' && (
        <Checkbox.Group
          label={form.days}
          value={draft.days.map(String)}
          onChange={(chosen) => draft.setDays(chosen.map(Number))}
        >
          <Group gap={14} mt={4}>
            {form.dayNames.map((day, index) => (
              <Checkbox key={day} value={String(index + 1)} label={day} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {draft.repeats !== 'never' && (
        <TextInput
          label={form.timeZone}
          description={form.timeZoneHelp}
          value={draft.zone}
          maxLength={60}
          onChange={(event) => draft.setZone(event.currentTarget.value)}
        />
      )}
      {draft.repeats !== 'never' && (
        <TextInput
          type="date"
          label={form.lastDay}
          description={form.lastDayHelp}
          value={draft.lastDay}
          onChange={(event) => draft.setLastDay(event.currentTarget.value)}
        />
      )}
    </>
  );
}
