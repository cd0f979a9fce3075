import { MultiSelect, NumberInput } from '@mantine/core';
import type { Field, FieldValue } from './fields.ts';
import type { FieldText } from './field-text.ts';
import './form.css';

interface PickInputProps {
  id: string;
  field: Field;
  text: FieldText;
  value: FieldValue;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
  onLeave: () => void;
}

/** So many names are offered at once; typing finds the others. */
const mostOffered = 100;

const keyOf = (written: string): string => written.split('*')[0] ?? '';
const weightOf = (written: string): number => Number(written.split('*')[1] ?? 1);

/** A list of ids that are chosen by typing their names; with `weight`, each may count more than once (`id*3`). */
export function PickInput({ id, text, value, error, onChange, onLeave }: PickInputProps) {
  const written = (typeof value === 'string' ? value : '').split('\n').filter((line) => line.trim() !== '');
  const names = text.choices ?? {};
  const nameOf = (key: string): string => names[key] ?? key;
  const chosen = written.map(keyOf);
  // What is chosen and known no more stays to be seen, so that it can be taken out.
  const data = [...new Set([...Object.keys(names), ...chosen])].map((key) => ({ value: key, label: nameOf(key) }));
  const set = (lines: readonly string[]): void => onChange(lines.join('\n'));
  return (
    <div>
      <MultiSelect
        id={id}
        label={text.label}
        description={text.help}
        error={error}
        searchable
        limit={mostOffered}
        hidePickedOptions
        value={chosen}
        data={data}
        onBlur={onLeave}
        onChange={(keys) => set(keys.map((key) => written.find((line) => keyOf(line) === key) ?? key))}
      />
      {text.weight !== undefined && written.length > 0 && (
        <details className="v-pick-weights" open={written.some((line) => weightOf(line) !== 1)}>
          <summary>{text.weight}</summary>
          {written.map((line, place) => (
            <NumberInput
              key={keyOf(line)}
              label={nameOf(keyOf(line))}
              min={1}
              max={999}
              size="xs"
              value={weightOf(line)}
              onChange={(next) => {
                const weight = Math.min(999, Math.max(1, Math.round(Number(next) || 1)));
                set(written.map((each, index) => (index === place ? withWeight(each, weight) : each)));
              }}
            />
          ))}
        </details>
      )}
    </div>
  );
}

function withWeight(written: string, weight: number): string {
  return weight === 1 ? keyOf(written) : `${keyOf(written)}*${weight}`;
}
