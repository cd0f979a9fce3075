import { Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { level } from '#contract/desk.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormProblem } from '#web/ui/form/form-problem.tsx';
import { WhenInput } from '#web/ui/form/when-input.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { adoptSheet } from './sheet-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

type Plan = NonNullable<TicketSheet['plan']>;

type PlanDraft = Pick<Plan, 'emergency' | 'risk' | 'plan' | 'wayBack' | 'startsAt' | 'endsAt'>;

const empty: PlanDraft = {
  emergency: false,
  risk: 'normal',
  plan: '',
  wayBack: '',
  startsAt: null,
  endsAt: null,
};

/** What a change will do, when, at what risk, and how one gets back. */
export function ChangePlan({ sheet }: { sheet: TicketSheet }) {
  const { plan: texts } = useWorkTexts();
  const [edits, setEdits] = useState(false);
  const forbidden = useRefusal('desk.write');
  const refusal = forbidden ?? (sheet.state === 'open' ? undefined : texts.locked);
  const isBlank = sheet.plan === null || (sheet.plan.plan === '' && sheet.plan.wayBack === '');
  return (
    <Section
      title={texts.title}
      aside={
        !edits && (
          <ActionButton refusal={refusal} onClick={() => setEdits(true)}>
            {texts.edit}
          </ActionButton>
        )
      }
    >
      {edits ? (
        <PlanForm sheet={sheet} onEnd={() => setEdits(false)} />
      ) : isBlank || sheet.plan === null ? (
        <p className="v-quiet">{texts.none}</p>
      ) : (
        <PlanShown plan={sheet.plan} />
      )}
    </Section>
  );
}

function PlanShown({ plan }: { plan: Plan }) {
  const { plan: texts } = useWorkTexts();
  const { levels } = useTicketTexts();
  const { words } = useUi();
  return (
    <dl className="v-desk-plan">
      <dt>{texts.plan}</dt>
      <dd>
        <PlainText text={plan.plan} />
      </dd>
      <dt>{texts.wayBack}</dt>
      <dd>{plan.wayBack === '' ? words.list.noValue : <PlainText text={plan.wayBack} />}</dd>
      <dt>{texts.risk}</dt>
      <dd>
        {levels[plan.risk]}
        {plan.emergency && ` · ${texts.isEmergency}`}
      </dd>
      {(plan.startsAt !== null || plan.endsAt !== null) && (
        <>
          <dt>{texts.window}</dt>
          <dd>
            {plan.startsAt !== null && <Time at={plan.startsAt} show="clock" />} –{' '}
            {plan.endsAt !== null && <Time at={plan.endsAt} show="clock" />}
          </dd>
        </>
      )}
      {plan.approvedBy !== null && <dd className="v-quiet">{texts.approvedBy(plan.approvedBy)}</dd>}
      {plan.reviewedBy !== null && (
        <dd>
          <span className="v-quiet">{texts.reviewedBy(plan.reviewedBy)}</span> <PlainText text={plan.review} />
        </dd>
      )}
    </dl>
  );
}

function PlanForm({ sheet, onEnd }: { sheet: TicketSheet; onEnd: () => void }) {
  const { plan: texts } = useWorkTexts();
  const { levels } = useTicketTexts();
  const { words } = useUi();
  const [draft, setDraft] = useState<PlanDraft>({ ...empty, ...sheet.plan });
  const set = (change: Partial<PlanDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const { emergency, risk, plan, wayBack, startsAt, endsAt } = draft;
      return client.desk.tickets.plan({ id: sheet.id, emergency, risk, plan, wayBack, startsAt, endsAt });
    },
    onSuccess: async (kept) => {
      await adoptSheet(kept);
      onEnd();
    },
  });
  const errors = formErrorsOf(save.error);
  return (
    <form
      className="v-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <FormProblem text={errors['']} />
      <PlanWords draft={draft} errors={errors} set={set} />
      <NativeSelect
        label={texts.risk}
        value={draft.risk}
        data={level.options.map((value) => ({ value, label: levels[value] }))}
        onChange={(event) => set({ risk: level.parse(event.currentTarget.value) })}
      />
      <div className="v-desk-span">
        <WhenInput
          label={texts.from}
          value={draft.startsAt}
          error={errors['startsAt']}
          onChange={(startsAt) => set({ startsAt })}
        />
        <WhenInput
          label={texts.until}
          value={draft.endsAt}
          error={errors['endsAt']}
          onChange={(endsAt) => set({ endsAt })}
        />
      </div>
      <Checkbox
        label={texts.emergency}
        checked={draft.emergency}
        onChange={(event) => set({ emergency: event.currentTarget.checked })}
      />
      <div className="v-form-end">
        <ActionButton main submit busy={save.isPending}>
          {texts.save}
        </ActionButton>
        <ActionButton onClick={onEnd}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}

interface WordsProps {
  readonly draft: PlanDraft;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<PlanDraft>) => void;
}

function PlanWords({ draft, errors, set }: WordsProps) {
  const { plan: texts } = useWorkTexts();
  const long = { autosize: true, minRows: 4, maxRows: 16, maxLength: 20_000 } as const;
  return (
    <>
      <Textarea
        {...long}
        {...{ autoFocus: true }}
        label={texts.plan}
        value={draft.plan}
        error={errors['plan']}
        onChange={(event) => set({ plan: event.currentTarget.value })}
      />
      <Textarea
        {...long}
        label={texts.wayBack}
        value={draft.wayBack}
        error={errors['wayBack']}
        onChange={(event) => set({ wayBack: event.currentTarget.value })}
      />
    </>
  );
}
