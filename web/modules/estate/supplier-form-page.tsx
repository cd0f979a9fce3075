import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { estate } from '#contract/estate.ts';
import type { FieldText } from '#web/ui/form/field-input.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { useUi } from '#web/ui/words.ts';
import { client } from '#web/shell/api.ts';
import { inputOf } from '#web/shell/form-input.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { suppliersQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { RemoveThing } from './remove-thing.tsx';
import { renewEstate } from './save-thing.ts';

const schema = inputSchemaOf(estate.suppliers.create);

export const loader = () => ready(suppliersQuery());

function useSupplierFieldTexts(): Record<string, FieldText> {
  const { columns, help } = useEstateTexts();
  return {
    name: { label: columns.name },
    phone: { label: columns.phone, help: help.phone },
    mail: { label: columns.mail },
    contract: { label: columns.contract, help: help.contract },
  };
}

/** A new supplier. */
export function SupplierNewPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const create = useMutation({
    mutationFn: (value: unknown) => client.estate.suppliers.create(inputOf(estate.suppliers.create, value)),
    meta: { quiet: true },
    onSuccess: async () => {
      await renewEstate();
      await navigate(paths.suppliers(), { replace: true });
    },
  });
  return (
    <FormPage title={texts.newSupplier.title} lead={texts.newSupplier.lead}>
      <SchemaForm
        schema={schema}
        texts={useSupplierFieldTexts()}
        errors={formErrorsOf(create.error)}
        refusal={refusal}
        busy={create.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => create.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName="supplier"
      />
    </FormPage>
  );
}

/** All that is known of a supplier, to read, change and remove: so little that it needs no page beside its form. */
export function SupplierPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const supplier = useSuspenseQuery(suppliersQuery()).data.find((each) => each.id === id);
  const refusal = useRefusal('estate.write');
  const fieldTexts = useSupplierFieldTexts();
  const change = useMutation({
    // Every field is on the form: what was emptied is sent as empty.
    mutationFn: (value: Record<string, unknown>) =>
      client.estate.suppliers.change(
        inputOf(estate.suppliers.change, { phone: '', mail: '', contract: '', ...value, id }),
      ),
    meta: { quiet: true },
    onSuccess: async () => {
      await renewEstate();
      await navigate(paths.suppliers(), { replace: true });
    },
  });
  if (supplier === undefined) return <NotFoundPage />;
  return (
    <FormPage
      title={supplier.name}
      actions={
        <RemoveThing
          name={supplier.name}
          warning={texts.removeSupplier}
          remove={() => client.estate.suppliers.remove({ id })}
          backTo={paths.suppliers()}
        />
      }
    >
      <SchemaForm
        schema={schema}
        texts={fieldTexts}
        value={supplier}
        errors={formErrorsOf(change.error)}
        refusal={refusal}
        busy={change.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => change.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName={`supplier ${id}`}
      />
    </FormPage>
  );
}
