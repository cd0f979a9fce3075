import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { HolidayFields } from '#web/shell/holiday-fields.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useNow } from '#web/ui/clock.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { Section } from '#web/ui/section.tsx';
import { paths } from '#web/paths.ts';
import { LayerEditor } from './layer-editor.tsx';
import { personsQuery, rotaQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';
import { RotaCalendar } from './rota-calendar.tsx';
import { mondayOf, todayIn } from './rota-days.ts';
import { draftOf, emptyLayer, requestOf, type LayerDraft, type RotaDraft } from './rota-draft.ts';
import './on-call.css';

const previewDays = 28;

/** Adds a rota. */
export function RotaNewPage() {
  const { onCall: texts } = usePeopleTexts();
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = todayIn(zone, useNow());
  const [start] = useState<RotaDraft>({
    name: '',
    timeZone: zone,
    layers: [emptyLayer(0, mondayOf(today))],
    country: '',
    region: '',
    more: '',
    without: '',
  });
  return (
    <FormPage title={texts.newTitle}>
      <RotaForm start={start} id={undefined} today={today} />
    </FormPage>
  );
}

/** Changes a rota. */
export function RotaEditPage() {
  const { id = '' } = useParams();
  const { onCall: texts } = usePeopleTexts();
  const rota = useSuspenseQuery(rotaQuery(id)).data;
  const today = todayIn(rota.timeZone, useNow());
  return (
    <FormPage title={texts.changeTitle(rota.name)}>
      <RotaForm key={id} start={draftOf(rota)} id={id} today={today} />
    </FormPage>
  );
}

interface RotaFormProps {
  start: RotaDraft;
  id: string | undefined;
  today: string;
}

type SetDraft = (change: Partial<RotaDraft>) => void;
type Errors = Readonly<Record<string, string>>;

function useRotaSave(id: string | undefined) {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: (draft: RotaDraft) =>
      id === undefined
        ? client.people.rotas.create(requestOf(draft))
        : client.people.rotas.change({ id, ...requestOf(draft) }),
    onSuccess: async (rota) => {
      await queryClient.invalidateQueries({ queryKey: api.people.rotas.key() });
      await navigate(paths.rota(rota.id), { replace: true });
    },
  });
}

function RotaForm({ start, id, today }: RotaFormProps) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.form;
  const refusal = useRefusal('people.write');
  const [draft, setDraft] = useState(start);
  const set: SetDraft = (change) => setDraft((before) => ({ ...before, ...change }));
  const save = useRotaSave(id);
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.name}
      name={draft.name}
      onName={(name) => set({ name })}
      errors={errors}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal}
      cancelTo={id === undefined ? paths.rotas() : paths.rota(id)}
      onSubmit={() => save.mutate(draft)}
    >
      <TextInput
        label={texts.timeZone}
        value={draft.timeZone}
        error={errors['timeZone']}
        onChange={(event) => set({ timeZone: event.currentTarget.value })}
      />
      <Layers draft={draft} today={today} errors={errors} set={set} />
      <HolidayFields draft={draft} errors={errors} set={set} />
      <RotaPreview draft={draft} today={today} />
    </NamedForm>
  );
}

interface PartProps {
  draft: RotaDraft;
  errors: Errors;
  set: SetDraft;
}

function Layers({ draft, today, errors, set }: PartProps & { today: string }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.form;
  const persons = useSuspenseQuery(personsQuery).data.filter(({ active, role }) => active && role !== 'requester');
  const { layers } = draft;
  const change = (key: number, changed: Partial<LayerDraft>): void =>
    set({ layers: layers.map((layer) => (layer.key === key ? { ...layer, ...changed } : layer)) });
  const nextKey = Math.max(-1, ...layers.map(({ key }) => key)) + 1;
  return (
    <>
      {layers.map((layer, place) => (
        <LayerEditor
          key={layer.key}
          layer={layer}
          place={place}
          only={layers.length === 1}
          persons={persons}
          errorOf={(field) => errors[`layers.${place}.${field}`]}
          set={(changed) => change(layer.key, changed)}
          remove={() => set({ layers: layers.filter(({ key }) => key !== layer.key) })}
        />
      ))}
      <div>
        <ActionButton
          icon={<IconPlus size={15} />}
          onClick={() => set({ layers: [...layers, emptyLayer(nextKey, mondayOf(today))] })}
        >
          {texts.addLayer}
        </ActionButton>
        <p className="v-quiet">{texts.layerHelp}</p>
      </div>
    </>
  );
}

/** What a rota that is not kept yet would give. */
function RotaPreview({ draft, today }: { draft: RotaDraft; today: string }) {
  const { onCall } = usePeopleTexts();
  const from = mondayOf(today);
  const asked = requestOf(draft);
  const whole = asked.layers.every((layer) => layer.personIds.length > 0);
  const shown = useQuery({
    ...api.people.rotas.preview.queryOptions({
      input: {
        ...asked,
        name: asked.name === '' ? '-' : asked.name,
        layers: asked.layers.map((layer) => ({ ...layer, name: layer.name === '' ? '-' : layer.name })),
        from,
        days: previewDays,
      },
    }),
    enabled: whole,
    retry: false,
    placeholderData: (before) => before,
    meta: { quiet: true },
  }).data;
  if (!whole || shown === undefined) return null;
  return (
    <Section title={onCall.form.preview}>
      <RotaCalendar
        shifts={shown.shifts}
        holidays={[]}
        zone={draft.timeZone}
        from={from}
        days={previewDays}
        today={today}
      />
    </Section>
  );
}
