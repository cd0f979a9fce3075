import { NativeSelect, NumberInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconHistory, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import type { Rule, Sensitivity } from '#contract/rule.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { RehearsalView } from './rehearsal-view.tsx';
import { newRule, RuleEditor } from './rule-editor.tsx';
import { checkQuery } from '../watch-queries.ts';
import './calm.css';

const rulesQuery = (id: string) => api.watch.rules.get.queryOptions({ input: { id } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([ready(checkQuery(params['id'] ?? '')), ready(rulesQuery(params['id'] ?? ''))]);

/** Each rule under edit has a key of its own, so that fields keep their focus when another is removed. */
interface Draft {
  readonly key: number;
  readonly rule: Rule;
}

let drafts = 0;
const draftOf = (rule: Rule): Draft => {
  drafts += 1;
  return { key: drafts, rule };
};

function useRuleDraft(id: string) {
  const { data } = useSuspenseQuery(rulesQuery(id));
  const [rules, setRules] = useState<readonly Draft[]>(() => data.rules.map(draftOf));
  const [sensitivity, setSensitivity] = useState<Sensitivity>(data.sensitivity);
  const [intervalSeconds, setInterval] = useState(data.intervalSeconds);
  const [days, setDays] = useState('30');
  const now = () => ({ id, rules: rules.map(({ rule }) => rule), sensitivity, intervalSeconds });
  const rehearse = useMutation({
    mutationFn: () => client.watch.rules.rehearse({ ...now(), days: Number(days) }),
    meta: { quiet: true },
  });
  const save = useMutation({ mutationFn: () => client.watch.rules.set(now()), meta: { quiet: true } });
  const how = { sensitivity, setSensitivity, intervalSeconds, setInterval };
  return {
    metrics: data.metrics,
    measured: data.intervalSeconds,
    rules,
    setRules,
    ...how,
    days,
    setDays,
    rehearse,
    save,
  };
}

/** The rules of a check and how its changes are confirmed; each change can be tried on the past first. */
export function RulesPage() {
  const texts = useCalmTexts().rules;
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: check } = useSuspenseQuery(checkQuery(id));
  const draft = useRuleDraft(id);
  const refusal = useRefusal('watch.write');
  const { rehearse, save } = draft;
  const failed = save.error ?? rehearse.error;
  const submit = async (): Promise<void> => {
    await save.mutateAsync();
    notifications.show({ message: texts.saved });
    await queryClient.invalidateQueries({ queryKey: api.watch.rules.key() });
    await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
    await navigate(paths.check(id));
  };
  return (
    <FormPage title={`${texts.title} – ${check.name}`} lead={texts.lead}>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit().catch(() => undefined);
        }}
      >
        <RuleList draft={draft} />
        <Section title={texts.sensitivity}>
          <div className="v-rule">
            <NumberInput
              label={texts.interval}
              description={draft.intervalSeconds < draft.measured ? texts.intervalShorter : texts.intervalHelp}
              min={1}
              max={86_400}
              value={draft.intervalSeconds}
              onChange={(next) => draft.setInterval(Math.min(86_400, Math.max(1, Number(next) || 1)))}
            />
          </div>
          <SensitivityFields value={draft.sensitivity} onChange={draft.setSensitivity} />
        </Section>
        {failed !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(failed).text}
          </p>
        )}
        <div className="v-rule-acts">
          <NativeSelect
            aria-label={texts.days}
            value={draft.days}
            data={Object.entries(texts.dayChoices).map(([value, label]) => ({ value, label }))}
            onChange={(event) => draft.setDays(event.currentTarget.value)}
          />
          <ActionButton icon={<IconHistory size={15} />} busy={rehearse.isPending} onClick={() => rehearse.mutate()}>
            {rehearse.data === undefined ? texts.rehearse : texts.rehearseAgain}
          </ActionButton>
          <span className="v-quiet">{texts.tryFirst}</span>
        </div>
        <div className="v-form-end">
          <ActionButton main submit busy={save.isPending} refusal={refusal}>
            {texts.save}
          </ActionButton>
          <ActionButton onClick={() => void navigate(-1)}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
      {rehearse.data !== undefined && <RehearsalView rehearsal={rehearse.data} />}
    </FormPage>
  );
}

function RuleList({ draft: { metrics, rules, setRules } }: { draft: ReturnType<typeof useRuleDraft> }) {
  const texts = useCalmTexts().rules;
  return (
    <Section
      title={texts.title}
      aside={
        <ActionButton icon={<IconPlus size={15} />} onClick={() => setRules([...rules, draftOf(newRule(metrics))])}>
          {texts.add}
        </ActionButton>
      }
    >
      {rules.length === 0 && <p className="v-quiet">{texts.none}</p>}
      {rules.map(({ key, rule }) => (
        <RuleEditor
          key={key}
          rule={rule}
          metrics={metrics}
          onChange={(next) => setRules(rules.map((each) => (each.key === key ? { key, rule: next } : each)))}
          onRemove={() => setRules(rules.filter((each) => each.key !== key))}
        />
      ))}
    </Section>
  );
}

function SensitivityFields({ value, onChange }: { value: Sensitivity; onChange: (value: Sensitivity) => void }) {
  const texts = useCalmTexts().rules;
  const field = (name: keyof Sensitivity, label: string, help: string, most: number) => (
    <NumberInput
      label={label}
      description={help}
      min={1}
      max={most}
      value={value[name]}
      onChange={(next) => onChange({ ...value, [name]: Math.max(1, Math.round(Number(next))) })}
    />
  );
  return (
    <div className="v-rule">
      {field('failures', texts.failures, texts.failuresHelp, 100)}
      {field('recoveries', texts.recoveries, texts.recoveriesHelp, 100)}
      {field('recheckSeconds', texts.recheck, texts.recheckHelp, 3_600)}
      {field('flapStart', texts.flapStart, texts.flapStartHelp, 100)}
      {field('flapEnd', texts.flapEnd, texts.flapEndHelp, 99)}
    </div>
  );
}
