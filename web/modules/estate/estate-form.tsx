import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { FieldText } from '#web/ui/form/field-text.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { useUi } from '#web/ui/words.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { renewEstate } from './save-thing.ts';

interface EstateFormProps {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: ReactNode;
  readonly schema: JsonSchema;
  readonly texts: Readonly<Record<string, FieldText>>;
  /** What stands now; left out for something new. */
  readonly value?: unknown;
  readonly draftName: string;
  /** Sends what was filled in, and says where to go then. */
  readonly save: (value: Record<string, unknown>) => Promise<string>;
}

/** The page of a form of the estate: for something new, or with all fields of something that is there. */
export function EstateForm({ title, lead, actions, save, ...form }: EstateFormProps) {
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const sending = useMutation({
    mutationFn: save,
    meta: { quiet: true },
    onSuccess: async (to) => {
      await renewEstate();
      await navigate(to, { replace: true });
    },
  });
  return (
    <FormPage title={title} {...(lead === undefined ? {} : { lead })} actions={actions}>
      <SchemaForm
        {...form}
        errors={formErrorsOf(sending.error)}
        refusal={refusal}
        busy={sending.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => sending.mutate(value)}
        onCancel={() => void navigate(-1)}
      />
    </FormPage>
  );
}
