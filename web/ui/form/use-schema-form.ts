import { useMemo, useState } from 'react';
import { afterClick } from '../after-click.ts';
import { useUi } from '../words.ts';
import {
  fieldsOf,
  formToValue,
  leavesOf,
  valueToForm,
  type Field,
  type FieldValue,
  type FormValues,
} from './fields.ts';
import type { JsonSchema } from './json-schema.ts';
import { problemOf, problemsOf, problemText, sendable } from './problems.ts';
import { useDraft } from './use-draft.ts';

interface SchemaFormInput {
  schema: JsonSchema;
  value?: unknown;
  secretsSet?: readonly string[];
  errors?: Readonly<Record<string, string>>;
  draftName?: string;
}

export interface SchemaFormState {
  fields: readonly Field[];
  /** Everything that stands in the form, shown or not. */
  values: FormValues;
  valueOf: (field: Field) => FieldValue;
  errorOf: (field: Field) => string | undefined;
  /** Somebody tried to send it: from then on what is wrong is also counted on top. */
  sent: boolean;
  /** Everything wrong that is shown now, in the order of the fields. */
  wrong: readonly { field: Field; error: string }[];
  change: (path: string, value: FieldValue) => void;
  leave: (path: string) => void;
  /** The value to send, or undefined when something is wrong; from then on every error is shown. */
  send: () => Record<string, unknown> | undefined;
  /** True when what was typed before leaving the page was brought back. */
  restored: boolean;
  discard: () => void;
}

const none: readonly string[] = [];

/** The state of a form made from a schema. Only what the person touched is held; the rest follows `value`. */
export function useSchemaForm(input: SchemaFormInput): SchemaFormState {
  const { schema, value, errors, secretsSet = none } = input;
  const { words } = useUi();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const clean = useMemo(() => valueToForm(fields, value ?? {}, secretsSet), [fields, value, secretsSet]);
  const draft = useDraft(input.draftName, fields);
  const [touched, setTouched] = useState<FormValues>(draft.restored ?? {});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState(false);
  // An error of the server is shown until its field is changed.
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const values: FormValues = { ...clean, ...touched };
  const problems = problemsOf(fields, values);

  const errorOf = (field: Field): string | undefined => {
    const problem = sent
      ? problems.get(field.path)
      : left.has(field.path)
        ? problemOf(field, values[field.path])
        : undefined;
    if (problem !== undefined) return problemText(problem, words.form);
    return edited.has(field.path) ? undefined : errors?.[field.path];
  };
  return {
    fields,
    values,
    errorOf,
    valueOf: (field) => values[field.path] ?? (field.kind === 'secret' ? null : ''),
    wrong: leavesOf(fields).flatMap((field) => {
      const error = errorOf(field);
      return error === undefined ? [] : [{ field, error }];
    }),
    change: (path, next) => {
      const all = { ...touched, [path]: next };
      setTouched(all);
      setEdited(new Set([...edited, path]));
      draft.keep(all);
    },
    leave: (path) => afterClick(() => setLeft((before) => new Set([...before, path]))),
    sent,
    send: () => {
      setSent(true);
      setEdited(new Set());
      if (problems.size > 0) return undefined;
      draft.drop();
      return formToValue(fields, sendable(fields, values, clean));
    },
    restored: draft.restored !== undefined,
    discard: () => {
      setTouched({});
      draft.drop();
    },
  };
}
