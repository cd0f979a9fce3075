import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
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
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { personsQuery, serviceQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { renewEstate } from './save-thing.ts';

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
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const create = useMutation({
    mutationFn: (value: unknown) => client.estate.services.create(inputOf(estate.services.create, value)),
    meta: { quiet: true },
    onSuccess: async (service) => {
      await renewEstate();
      await navigate(paths.service(service.id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.newService.title} lead={texts.newService.lead}>
      <SchemaForm
        schema={schema}
        texts={useServiceFieldTexts()}
        errors={formErrorsOf(create.error)}
        refusal={refusal}
        busy={create.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => create.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName="service"
      />
    </FormPage>
  );
}

/** All fields of a service at once. */
export function ServiceEditPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: service } = useSuspenseQuery(serviceQuery(id));
  const refusal = useRefusal('estate.write');
  const change = useMutation({
    // Every field is on the form: what was emptied is sent as empty.
    mutationFn: (value: Record<string, unknown>) =>
      client.estate.services.change(inputOf(estate.services.change, { summary: '', ownerId: null, ...value, id })),
    meta: { quiet: true },
    onSuccess: async () => {
      await renewEstate();
      await navigate(paths.service(id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.editTitle(service.name)}>
      <SchemaForm
        schema={schema}
        texts={useServiceFieldTexts()}
        value={{ ...service, ownerId: service.owner?.id }}
        errors={formErrorsOf(change.error)}
        refusal={refusal}
        busy={change.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => change.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName={`service ${id}`}
      />
    </FormPage>
  );
}
