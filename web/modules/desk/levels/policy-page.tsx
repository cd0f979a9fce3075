import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import { waitingFor } from '#contract/desk-words.ts';
import type { LevelPolicy } from '#contract/desk-levels.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { paths } from '#web/paths.ts';
import { useLevelTexts } from './level-texts.ts';
import { emptyPolicy, goals, policyDraft, policyOf, priorities, type PolicyDraft } from './policy-draft.ts';
import { PolicyReach } from './policy-reach.tsx';
import { PolicySteps } from './policy-steps.tsx';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { minutesOf } from './typed-hours.ts';
import './levels.css';

/** What is promised to whom, in which hours, and what happens on the way. */
export function PolicyPage() {
  const { id = 'new' } = useParams();
  const { policy: texts } = useLevelTexts();
  const language = useLanguage();
  const calendars = useSuspenseQuery(api.desk.levels.calendars.list.queryOptions({ input: {} })).data.items;
  const policies = useSuspenseQuery(api.desk.levels.policies.list.queryOptions({ input: {} })).data.items;
  const known = policies.find((one) => one.id === id);
  const [newId] = useState(() => uuid());
  const choices = calendars.map((one) => ({ value: one.id, label: one.name[language] }));
  return (
    <FormPage title={known === undefined ? texts.newTitle : known.name[language]}>
      <PolicyForm
        key={id}
        id={known?.id ?? newId}
        start={known === undefined ? emptyPolicy(choices[0]?.value ?? '') : policyDraft(known)}
        calendars={choices}
      />
    </FormPage>
  );
}

type Set = (change: Partial<PolicyDraft>) => void;

interface FormProps {
  id: string;
  start: PolicyDraft;
  calendars: readonly { value: string; label: string }[];
}

function usePolicySave() {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: (policy: LevelPolicy) => client.desk.levels.policies.put(policy),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.desk.levels.key() });
      await navigate(paths.levels(), { replace: true });
    },
  });
}

function PolicyForm({ id, start, calendars }: FormProps) {
  const levels = useLevelTexts();
  const texts = levels.policy;
  const refusal = useRefusal('desk.settings');
  const [draft, setDraft] = useState(start);
  const set: Set = (change) => setDraft((before) => ({ ...before, ...change }));
  const save = usePolicySave();
  const errors = formErrorsOf(save.error);
  const whole = policyOf(draft, id);
  return (
    <NamedForm
      nameLabel={levels.calendar.nameEn}
      name={draft.nameEn}
      onName={(nameEn) => set({ nameEn })}
      errors={{ ...errors, ...(errors['name.en'] === undefined ? {} : { name: errors['name.en'] }) }}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal ?? (whole === null ? texts.badTime : undefined)}
      cancelTo={paths.levels()}
      onSubmit={() => whole !== null && save.mutate(whole)}
    >
      <TextInput
        label={levels.calendar.nameFr}
        value={draft.nameFr}
        maxLength={100}
        onChange={(event) => set({ nameFr: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.calendar}
        value={draft.calendarId}
        data={[...calendars]}
        onChange={(event) => set({ calendarId: event.currentTarget.value })}
      />
      <NumberInput
        label={texts.position}
        description={levels.list.order}
        min={0}
        max={1_000}
        value={draft.position}
        onChange={(value) => set({ position: Number(value) || 0 })}
      />
      <Checkbox
        label={texts.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
      <PolicyReach draft={draft} errors={errors} set={set} />
      <Times draft={draft} set={set} />
      <Pauses draft={draft} set={set} />
      <PolicySteps steps={draft.steps} onChange={(steps) => set({ steps })} />
    </NamedForm>
  );
}

function Times({ draft, set }: { draft: PolicyDraft; set: Set }) {
  const levels = useLevelTexts();
  const texts = levels.policy;
  return (
    <fieldset className="v-group">
      <legend>{texts.times}</legend>
      <p className="v-quiet">{texts.timesHelp}</p>
      <table className="v-level-times">
        <thead>
          <tr>
            <th scope="col">{levels.priority}</th>
            {goals.map((goal) => (
              <th key={goal} scope="col">
                {levels.goals[goal]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {priorities.map((priority) => (
            <tr key={priority}>
              <th scope="row">{levels.priorities[priority]}</th>
              {goals.map((goal) => (
                <td key={goal}>
                  <TextInput
                    size="xs"
                    aria-label={`${levels.goals[goal]}, ${levels.priorities[priority]}`}
                    value={draft.times[goal][priority]}
                    error={minutesOf(draft.times[goal][priority]) === undefined ? texts.badTime : undefined}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      set({ times: { ...draft.times, [goal]: { ...draft.times[goal], [priority]: value } } });
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}

function Pauses({ draft, set }: { draft: PolicyDraft; set: Set }) {
  const { policy: texts } = useLevelTexts();
  const { waits } = useTicketTexts();
  return (
    <Checkbox.Group
      label={texts.pausesFor}
      value={[...draft.pausesFor]}
      onChange={(chosen) => set({ pausesFor: waitingFor.array().parse(chosen) })}
    >
      {waitingFor.options.map((whom) => (
        <Checkbox key={whom} value={whom} label={waits[whom]} mt={4} />
      ))}
    </Checkbox.Group>
  );
}
