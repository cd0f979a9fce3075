import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { estate } from '#contract/estate.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import { client } from '#web/shell/api.ts';
import { inputOf } from '#web/shell/form-input.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { ready } from '#web/shell/query-client.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { paths } from '#web/paths.ts';
import { suppliersQuery } from './estate-queries.ts';
import { EstateForm } from './estate-form.tsx';
import { useEstateTexts } from './estate-texts.ts';
import { RemoveThing } from './remove-thing.tsx';

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
  return (
    <EstateForm
      {...texts.newSupplier}
      schema={schema}
      texts={useSupplierFieldTexts()}
      draftName="supplier"
      save={async (value) => {
        await client.estate.suppliers.create(inputOf(estate.suppliers.create, value));
        return paths.suppliers();
      }}
    />
  );
}

/** All that is known of a supplier, to read, change and remove: so little that it needs no page beside its form. */
export function SupplierPage() {
  const texts = useEstateTexts();
  const { id = '' } = useParams();
  const supplier = useSuspenseQuery(suppliersQuery()).data.find((each) => each.id === id);
  const fieldTexts = useSupplierFieldTexts();
  if (supplier === undefined) return <NotFoundPage />;
  return (
    <EstateForm
      title={supplier.name}
      actions={
        <RemoveThing
          name={supplier.name}
          warning={texts.removeSupplier}
          remove={() => client.estate.suppliers.remove({ id })}
          backTo={paths.suppliers()}
        />
      }
      schema={schema}
      texts={fieldTexts}
      value={supplier}
      draftName={`supplier ${id}`}
      save={async (value) => {
        // Every field is on the form: what was emptied is sent as empty.
        const all = { phone: '', mail: '', contract: '', ...value, id };
        await client.estate.suppliers.change(inputOf(estate.suppliers.change, all));
        return paths.suppliers();
      }}
    />
  );
}
