import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Rule } from '#contract/rule.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { formatNumber } from '#web/ui/format.ts';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';

export interface MetricChoice {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly last: number | null;
}

interface RuleEditorProps {
  rule: Rule;
  metrics: readonly MetricChoice[];
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

const operators = ['above', 'atLeast', 'below', 'atMost', 'equals', 'differs'] as const;
const missings = ['ignore', 'unknown', 'degraded', 'down'] as const;

/** A limit on a measurement that is usual: just beyond what it is now. */
export function newRule(metrics: readonly MetricChoice[]): Rule {
  const [first] = metrics;
  return {
    metric: first?.name ?? '',
    operator: 'above',
    degraded: first?.last === null || first === undefined ? 0 : Math.ceil(first.last * 1.5),
    down: null,
    margin: 0,
    forSeconds: 60,
    missing: 'ignore',
    note: '',
  };
}

const numberOf = (value: string | number): number | null =>
  value === '' || Number.isNaN(Number(value)) ? null : Number(value);

/** Where a broken rule counts as kept again. */
function clearing({ operator, degraded, down, margin }: Rule): readonly number[] {
  const back = operator === 'above' || operator === 'atLeast' ? -margin : margin;
  return [degraded, down].flatMap((limit) => (limit === null ? [] : limit + back));
}

/** The fields of one rule. */
export function RuleEditor({ rule, metrics, onChange, onRemove }: RuleEditorProps) {
  const texts = useCalmTexts().rules;
  const { locale } = useUi();
  const metric = metrics.find(({ name }) => name === rule.metric);
  const unit = metric === undefined || metric.unit === '1' ? '' : ` ${metric.unit}`;
  const shown = (value: number): string => `${formatNumber(value, locale, 2)}${unit}`;
  const set = (change: Partial<Rule>): void => onChange({ ...rule, ...change });
  const known = metrics.map(({ name, label }) => ({ value: name, label }));
  return (
    <fieldset className="v-rule" aria-label={metric?.label ?? rule.metric}>
      <NativeSelect
        label={texts.metric}
        description={metric?.last === null || metric === undefined ? undefined : texts.last(shown(metric.last))}
        value={rule.metric}
        data={metric === undefined ? [{ value: rule.metric, label: rule.metric }, ...known] : known}
        onChange={(event) => set({ metric: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.operator}
        value={rule.operator}
        data={operators.map((value) => ({ value, label: texts.operators[value] }))}
        onChange={(event) => set({ operator: operators.find((each) => each === event.currentTarget.value) ?? 'above' })}
      />
      <NumberInput
        label={`${texts.degraded}${unit}`}
        value={rule.degraded ?? ''}
        onChange={(value) => set({ degraded: numberOf(value) })}
      />
      <NumberInput
        label={`${texts.down}${unit}`}
        value={rule.down ?? ''}
        onChange={(value) => set({ down: numberOf(value) })}
      />
      <NumberInput
        label={`${texts.margin}${unit}`}
        description={rule.margin > 0 ? texts.clears(clearing(rule).map(shown).join(' / ')) : texts.marginHelp}
        min={0}
        value={rule.margin}
        onChange={(value) => set({ margin: numberOf(value) ?? 0 })}
      />
      <NumberInput
        label={texts.forSeconds}
        description={texts.forHelp}
        min={0}
        max={86_400}
        value={rule.forSeconds}
        onChange={(value) => set({ forSeconds: Math.round(numberOf(value) ?? 0) })}
      />
      <NativeSelect
        label={texts.missing}
        value={rule.missing}
        data={missings.map((value) => ({ value, label: texts.missingChoices[value] }))}
        onChange={(event) => set({ missing: missings.find((each) => each === event.currentTarget.value) ?? 'ignore' })}
      />
      <TextInput
        label={texts.note}
        value={rule.note}
        maxLength={300}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <div className="v-rule-remove">
        <ActionButton icon={<IconTrash size={15} />} onClick={onRemove}>
          {texts.remove}
        </ActionButton>
      </div>
    </fieldset>
  );
}
