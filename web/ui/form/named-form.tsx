import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActionButton } from '../action-button.tsx';
import { useUi } from '../words.ts';
import { FormProblem } from './form-problem.tsx';

interface NamedFormProps {
  readonly nameLabel: string;
  readonly name: string;
  readonly onName: (name: string) => void;
  /** What is wrong, by field; what belongs to none stands under the empty name. */
  readonly errors: Readonly<Record<string, string>>;
  readonly saveLabel: string;
  readonly busy: boolean;
  /** Why it may not be saved; undefined when it may. */
  readonly refusal: string | undefined;
  /** Where one goes without saving. */
  readonly cancelTo: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form written by hand whose first field is a name: what is wrong with the whole on top, its buttons at the end. */
export function NamedForm(props: NamedFormProps) {
  const { words } = useUi();
  const { errors } = props;
  return (
    <form
      className="v-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <FormProblem text={errors['']} />
      <TextInput
        label={props.nameLabel}
        value={props.name}
        error={errors['name']}
        maxLength={100}
        required
        onChange={(event) => props.onName(event.currentTarget.value)}
      />
      {props.children}
      <div className="v-form-end">
        <ActionButton main submit busy={props.busy} refusal={props.refusal}>
          {props.saveLabel}
        </ActionButton>
        <ActionButton to={props.cancelTo}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}
