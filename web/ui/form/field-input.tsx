import { Button, Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useUi } from '../words.ts';
import type { FieldText } from './field-text.ts';
import type { Field, FieldValue } from './fields.ts';
import { PickInput } from './pick-input.tsx';

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
  const { field, text } = props;
  if (field.kind === 'boolean') return <TickInput {...props} />;
  if (field.kind === 'secret') return <SecretInput {...props} />;
  if (field.kind === 'choice' || (field.kind === 'text' && text.choices !== undefined))
    return <ChoiceInput {...props} />;
  if (field.kind === 'list' && text.choices !== undefined) return <PickInput {...props} />;
  if (field.kind === 'text' && text.multiline !== true) return <LineInput {...props} />;
  if (field.kind === 'number' || field.kind === 'integer') return <LineInput {...props} />;
  return <TallInput {...props} />;
}

/** What all fields that hold text share. */
function sharedProps({ id, field, text, error, onLeave }: FieldInputProps) {
  return {
    id,
    label: text.label,
    description: text.help,
    error,
    required: field.required,
    withAsterisk: false,
    onBlur: onLeave,
    ...(text.placeholder === undefined ? {} : { placeholder: text.placeholder }),
  };
}

const textOf = (value: FieldValue): string => (typeof value === 'string' ? value : '');

function LineInput(props: FieldInputProps) {
  const { field, text, value, onChange } = props;
  const numeric = field.kind !== 'text';
  const unit =
    text.unit === undefined
      ? {}
      : { rightSection: <span className="v-unit">{text.unit}</span>, rightSectionWidth: `${text.unit.length + 3}ch` };
  return (
    <TextInput
      {...sharedProps(props)}
      {...unit}
      {...(numeric ? { inputMode: 'decimal' as const, classNames: { input: 'v-short' } } : {})}
      value={textOf(value)}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function TallInput(props: FieldInputProps) {
  const { field, text, value, onChange } = props;
  const { words } = useUi();
  const prose = field.kind === 'longText' || field.kind === 'text';
  const hint = field.kind === 'list' ? words.form.listHint : field.kind === 'pairs' ? words.form.pairsHint : undefined;
  const help = [text.help, hint].filter((part) => part !== undefined).join(' ');
  return (
    <Textarea
      {...sharedProps(props)}
      description={help === '' ? undefined : help}
      value={textOf(value)}
      autosize
      minRows={prose ? 4 : 2}
      maxRows={16}
      {...(prose ? {} : { spellCheck: false, classNames: { input: 'v-mono' } })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function ChoiceInput(props: FieldInputProps) {
  const { field, text, value, onChange } = props;
  const { words } = useUi();
  const choices = field.choices.length > 0 ? field.choices : Object.keys(text.choices ?? {});
  const options = choices.map((choice) => ({ value: choice, label: text.choices?.[choice] ?? choice }));
  const mayBeEmpty = field.nullable || textOf(value) === '' || (!field.required && field.schema.default === undefined);
  return (
    <NativeSelect
      {...sharedProps(props)}
      value={textOf(value)}
      data={mayBeEmpty ? [{ value: '', label: words.form.notSet }, ...options] : options}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function TickInput({ id, text, value, error, onChange }: FieldInputProps) {
  return (
    <Checkbox
      id={id}
      label={text.label}
      description={text.help}
      error={error}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** A secret the server holds is shown as dots, and stays unless it is replaced. */
function SecretInput(props: FieldInputProps) {
  const { id, text, value, error, onChange } = props;
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
  // A private key has lines, which a field of one line would lose.
  if (props.field.schema.multiline === true) {
    return (
      <Textarea
        {...sharedProps(props)}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'v-mono' }}
        value={textOf(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <PasswordInput
      {...sharedProps(props)}
      autoComplete="new-password"
      value={value === true ? '' : textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
