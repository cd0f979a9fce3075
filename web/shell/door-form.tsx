import { PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ActionButton } from '../ui/action-button.tsx';
import { afterClick } from '../ui/after-click.ts';
import { formErrorsOf } from './refusal-sentence.ts';

/** One field of a door's form. `check` says what is wrong, in a sentence. */
export interface DoorField<Name extends string> {
  name: Name;
  label: string;
  help?: string;
  kind: 'text' | 'mail' | 'password';
  autoComplete: string;
  check: (value: string) => string | undefined;
}

interface DoorFormProps<Name extends string> {
  fields: readonly DoorField<Name>[];
  submit: string;
  send: (values: Readonly<Record<Name, string>>) => Promise<unknown>;
}

/** A short form that browsers and password keepers can fill; errors stand beside the fields. */
export function DoorForm<Name extends string>({ fields, submit, send }: DoorFormProps<Name>) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  // A door has one purpose, so its first field may take the focus.
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const valueOf = (name: Name): string => values[name] ?? '';
  const wrong = fields.filter((field) => field.check(valueOf(field.name)) !== undefined);

  const onSubmit = async (): Promise<void> => {
    setLeft(new Set(fields.map((field) => field.name)));
    if (wrong.length > 0) return;
    setBusy(true);
    setRefused({});
    try {
      // Every name of `Name` is a field's, so the record is whole.
      const all: Partial<Record<Name, string>> = {};
      for (const field of fields) all[field.name] = valueOf(field.name);
      if (isWhole(all, fields)) await send(all);
    } catch (error) {
      setRefused(formErrorsOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="v-door-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {refused[''] !== undefined && (
        <p className="v-form-problems" role="alert">
          {refused['']}
        </p>
      )}
      {fields.map((field, at) => {
        const Input = field.kind === 'password' ? PasswordInput : TextInput;
        const error = left.has(field.name) ? field.check(valueOf(field.name)) : undefined;
        return (
          <Input
            key={field.name}
            size="md"
            name={field.name}
            label={field.label}
            description={field.help}
            autoComplete={field.autoComplete}
            {...(field.kind === 'mail' ? { type: 'email', inputMode: 'email' as const } : {})}
            {...(at === 0 ? { ref: first } : {})}
            error={error ?? refused[field.name]}
            value={valueOf(field.name)}
            onChange={(event) => setValues({ ...values, [field.name]: event.currentTarget.value })}
            onBlur={() => {
              if (valueOf(field.name) !== '') afterClick(() => setLeft((before) => new Set([...before, field.name])));
            }}
          />
        );
      })}
      <ActionButton main submit busy={busy}>
        {submit}
      </ActionButton>
    </form>
  );
}

function isWhole<Name extends string>(
  values: Partial<Record<Name, string>>,
  fields: readonly DoorField<Name>[],
): values is Record<Name, string> {
  return fields.every((field) => values[field.name] !== undefined);
}
