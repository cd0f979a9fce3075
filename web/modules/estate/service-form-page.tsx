import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams, type LoaderFunctionArgs } from 'react-router';
import { estate } from '#contract/estate.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import { client } from '#web/shell/api.ts';
import { inputOf } from '#web/shell/form-input.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { personsQuery, serviceQuery } from './estate-queries.ts';
import { EstateForm } from './estate-form.tsx';
import { useEstateTexts } from './estate-texts.ts';

const schema = inputSchemaOf(estate.services.create);

export const newLoader = () => ready(personsQuery());
export const editLoader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([ready(serviceQuery(params['id'] ?? '')), ready(personsQuery())]);

function useServiceFieldTexts(): Record<string, FieldText> {
  const { columns, help, importances } = useEstateTexts();
  const { data: persons } = useSuspenseQuery(personsQuery());
  return {
    name: { label: columns.name, help: help.name },
    summary: { label: columns.summary, multiline: true },
    importance: { label: columns.importance, help: help.importance, choices: importances },
    ownerId: { label: columns.owner, choices: Object.fromEntries(persons.map((person) => [person.id, person.name])) },
  };
}

/** A new service. */
export function ServiceNewPage() {
  const texts = useEstateTexts();
  return (
    <EstateForm
      {...texts.newService}
      schema={schema}
      texts={useServiceFieldTexts()}
      draftName="service"
      save={async (value) => {
        const service = await client.estate.services.create(inputOf(estate.services.create, value));
        return paths.service(service.id);
      }}
    />
  );
}

/** All fields of a service at once. */
export function ServiceEditPage() {
  const texts = useEstateTexts();
  const { id = '' } = useParams();
  const { data: service } = useSuspenseQuery(serviceQuery(id));
  return (
    <EstateForm
      title={texts.editTitle(service.name)}
      schema={schema}
      texts={useServiceFieldTexts()}
      value={{ ...service, ownerId: service.owner?.id }}
      draftName={`service ${id}`}
      save={async (value) => {
        // Every field is on the form: what was emptied is sent as empty.
        await client.estate.services.change(
          inputOf(estate.services.change, { summary: '', ownerId: null, ...value, id }),
        );
        return paths.service(id);
      }}
    />
  );
}
