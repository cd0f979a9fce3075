import { useId, useRef, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { ActionButton } from '../action-button.tsx';
import { useUi } from '../words.ts';
import { FieldInput } from './field-input.tsx';
import type { FieldText } from './field-text.ts';
import { leavesOf, type Field } from './fields.ts';
import type { JsonSchema } from './json-schema.ts';
import { shownFields } from './shown-fields.ts';
import { useSchemaForm, type SchemaFormState } from './use-schema-form.ts';
import './form.css';

export interface SchemaFormProps {
  /** The object to ask for. Titles and descriptions in it are used where `texts` has none. */
  schema: JsonSchema;
  /** Labels and help by path. */
  texts?: Readonly<Record<string, FieldText>>;
  /** What stands now; the schema's defaults fill the rest. */
  value?: unknown;
  /** Paths of secrets that the server holds. */
  secretsSet?: readonly string[];
  /** Paths (or groups) shown only on demand, at the end of what they belong to. */
  advanced?: readonly string[];
  /** Problems the server found, by path; the empty path is the form itself. */
  errors?: Readonly<Record<string, string>>;
  submitLabel: string;
  submitIcon?: ReactNode;
  /** Why the form may not be sent now. */
  refusal?: string | undefined;
  busy?: boolean;
  onSubmit: (value: Record<string, unknown>) => void;
  onCancel?: () => void;
  /** Keeps what is typed when one leaves the page and comes back. */
  draftName?: string;
}

/** A form made from a JSON Schema. Errors stand beside their field and are counted on top; nothing typed is lost. */
export function SchemaForm(props: SchemaFormProps) {
  const { words } = useUi();
  const id = useId();
  const form = useSchemaForm(props);
  const summary = useRef<HTMLDivElement>(null);
  const submit = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    let value: Record<string, unknown> | undefined;
    // The summary must be on the screen before it can take the focus.
    flushSync(() => {
      value = form.send();
    });
    if (value === undefined) summary.current?.focus();
    else props.onSubmit(value);
  };
  const fieldProps = { id, form, props };
  return (
    <form className="v-form" noValidate onSubmit={submit}>
      <div ref={summary} tabIndex={-1} role="alert">
        <FormProblems {...fieldProps} />
      </div>
      {form.restored && (
        <p className="v-form-draft">
          {words.form.draftRestored}{' '}
          <button type="button" className="v-link-button" onClick={form.discard}>
            {words.form.draftDiscard}
          </button>
        </p>
      )}
      <FieldsInOrder fields={form.fields} {...fieldProps} />
      <div className="v-form-end">
        <ActionButton main submit icon={props.submitIcon} busy={props.busy ?? false} refusal={props.refusal}>
          {props.submitLabel}
        </ActionButton>
        {props.onCancel !== undefined && <ActionButton onClick={props.onCancel}>{words.actions.cancel}</ActionButton>}
      </div>
    </form>
  );
}

interface PartProps {
  id: string;
  form: SchemaFormState;
  props: SchemaFormProps;
}

function FormProblems({ id, form, props }: PartProps) {
  const { words } = useUi();
  const general = props.errors?.[''];
  // Counted on top only after sending: a box that appears while one types would push the fields away.
  const wrong = form.sent ? form.wrong : [];
  if (general === undefined && wrong.length === 0) return null;
  return (
    <div className="v-form-problems">
      {general !== undefined && <p>{general}</p>}
      {wrong.length > 0 && (
        <>
          <p>{words.form.problems(wrong.length)}</p>
          <ul>
            {wrong.map(({ field, error }) => (
              <li key={field.path}>
                <a href={`#${id}-${field.path}`} onClick={(event) => focusField(event, `${id}-${field.path}`)}>
                  {textOf(props, field).label}
                </a>
                {' – '}
                {error}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The fields in their order; those for later stand behind one line, which opens by itself when one of them is wrong. */
function FieldsInOrder({ fields, ...parts }: PartProps & { fields: readonly Field[] }) {
  const { words } = useUi();
  const { form, props } = parts;
  const shown = shownFields(fields, form.values);
  const isAdvanced = (field: Field): boolean => props.advanced?.includes(field.path) ?? false;
  const late = shown.filter(isAdvanced);
  const lateIsWrong = leavesOf(late).some((field) => form.errorOf(field) !== undefined);
  return (
    <>
      {shown
        .filter((field) => !isAdvanced(field))
        .map((field) => (
          <FieldOrGroup key={field.path} field={field} {...parts} />
        ))}
      {late.length > 0 && (
        <details className="v-form-more" open={lateIsWrong}>
          <summary>{words.form.moreSettings}</summary>
          <div className="v-form">
            {late.map((field) => (
              <FieldOrGroup key={field.path} field={field} {...parts} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function FieldOrGroup({ id, form, props, field }: PartProps & { field: Field }) {
  const text = textOf(props, field);
  if (field.kind === 'group') {
    return (
      <fieldset className="v-group">
        <legend>{text.label}</legend>
        {text.help !== undefined && <p className="v-group-help">{text.help}</p>}
        <FieldsInOrder fields={field.fields} id={id} form={form} props={props} />
      </fieldset>
    );
  }
  return (
    <FieldInput
      id={`${id}-${field.path}`}
      field={field}
      text={text}
      value={form.valueOf(field)}
      error={form.errorOf(field)}
      onChange={(value) => form.change(field.path, value)}
      onLeave={() => form.leave(field.path)}
    />
  );
}

function textOf(props: SchemaFormProps, field: Field): FieldText {
  const given = props.texts?.[field.path];
  if (given !== undefined) return given;
  const { title, description, anyOf, oneOf } = field.schema;
  const named = (anyOf ?? oneOf ?? []).flatMap((arm) =>
    typeof arm.const === 'string' ? [[arm.const, arm.title ?? arm.const] as const] : [],
  );
  return {
    label: title ?? field.name,
    ...(description === undefined || description === '' ? {} : { help: description }),
    ...(named.length === 0 ? {} : { choices: Object.fromEntries(named) }),
  };
}

function focusField(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}
