import { Button, Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { Field, FieldValue } from './fields.ts';
import { useUi } from '../words.ts';

/** What a person reads about one field. */
export interface FieldText {
  label: string;
  help?: string;
  /** Shown at the end of the field, such as `ms`. */
  unit?: string;
  placeholder?: string;
  /** Words for the values of a choice. */
  choices?: Readonly<Record<string, string>>;
}

interface FieldInputProps {
  id: string;
  field: Field;
  text: FieldText;
  value: FieldValue;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
  onLeave: () => void;
}

/** One field, with its label above, its help under the label and its error beside it. */
export function FieldInput(props: FieldInputProps) {
  const { field, text, value, error, onChange } = props;
  const { words } = useUi();
  const shared = {
    id: props.id,
    label: text.label,
    description: text.help,
    error,
    required: field.required,
    withAsterisk: false,
    onBlur: props.onLeave,
    ...(text.placeholder === undefined ? {} : { placeholder: text.placeholder }),
  };
  const typed = typeof value === 'string' ? value : '';
  if (field.kind === 'boolean') {
    return (
      <Checkbox
        id={props.id}
        label={text.label}
        description={text.help}
        error={error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.kind === 'secret') return <SecretInput {...props} />;
  if (field.kind === 'choice') {
    const options = field.choices.map((choice) => ({ value: choice, label: text.choices?.[choice] ?? choice }));
    return (
      <NativeSelect
        {...shared}
        value={typed}
        data={field.required && typed !== '' ? options : [{ value: '', label: words.form.notSet }, ...options]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (['list', 'pairs', 'json', 'longText'].includes(field.kind)) {
    const hint =
      field.kind === 'list' ? words.form.listHint : field.kind === 'pairs' ? words.form.pairsHint : undefined;
    return (
      <Textarea
        {...shared}
        description={[text.help, hint].filter((part) => part !== undefined).join(' ') || undefined}
        value={typed}
        autosize
        minRows={field.kind === 'longText' ? 4 : 2}
        maxRows={16}
        {...(field.kind === 'longText' ? {} : { spellCheck: false, classNames: { input: 'v-mono' } })}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const numeric = field.kind === 'number' || field.kind === 'integer';
  return (
    <TextInput
      {...shared}
      value={typed}
      {...(numeric ? { inputMode: 'decimal' as const, classNames: { input: 'v-short' } } : {})}
      {...(text.unit === undefined ? {} : { rightSection: <span className="v-unit">{text.unit}</span> })}
      {...(text.unit === undefined ? {} : { rightSectionWidth: `${String(text.unit.length + 3)}ch` })}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A secret the server holds is shown as dots, and stays unless it is replaced. */
function SecretInput({ id, field, text, value, error, onChange, onLeave }: FieldInputProps) {
  const { words } = useUi();
  if (value === null) {
    return (
      <div className="v-secret">
        <TextInput
          id={id}
          label={text.label}
          description={words.form.secretKept}
          value="••••••••"
          readOnly
          error={error}
        />
        <Button variant="default" size="sm" onClick={() => onChange('')}>
          {words.actions.replace}
        </Button>
      </div>
    );
  }
  return (
    <PasswordInput
      id={id}
      label={text.label}
      description={text.help}
      error={error}
      required={field.required}
      withAsterisk={false}
      autoComplete="new-password"
      value={typeof value === 'string' ? value : ''}
      onBlur={onLeave}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
