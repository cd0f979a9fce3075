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
import { hostQuery, sitesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { renewEstate } from './save-thing.ts';

const schema = inputSchemaOf(estate.hosts.create);

export const newLoader = () => ready(sitesQuery());
export const editLoader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([ready(hostQuery(params['id'] ?? '')), ready(sitesQuery())]);

function useHostFieldTexts(): Record<string, FieldText> {
  const { columns, help, hostKinds } = useEstateTexts();
  const { data: sites } = useSuspenseQuery(sitesQuery());
  return {
    name: { label: columns.name, help: help.name },
    address: { label: columns.address, help: help.address },
    kind: { label: columns.kind, choices: hostKinds },
    system: { label: columns.system, help: help.system },
    siteId: { label: columns.site, choices: Object.fromEntries(sites.map((site) => [site.id, site.name])) },
    note: { label: columns.note, help: help.note, multiline: true },
  };
}

/** A new host. */
export function HostNewPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const create = useMutation({
    mutationFn: (value: unknown) => client.estate.hosts.create(inputOf(estate.hosts.create, value)),
    meta: { quiet: true },
    onSuccess: async (host) => {
      await renewEstate();
      await navigate(paths.host(host.id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.newHost.title} lead={texts.newHost.lead}>
      <SchemaForm
        schema={schema}
        texts={useHostFieldTexts()}
        errors={formErrorsOf(create.error)}
        refusal={refusal}
        busy={create.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => create.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName="host"
      />
    </FormPage>
  );
}

/** All fields of a host at once. */
export function HostEditPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: host } = useSuspenseQuery(hostQuery(id));
  const refusal = useRefusal('estate.write');
  const change = useMutation({
    // Every field is on the form: what was emptied is sent as empty.
    mutationFn: (value: Record<string, unknown>) =>
      client.estate.hosts.change(inputOf(estate.hosts.change, { system: '', note: '', siteId: null, ...value, id })),
    meta: { quiet: true },
    onSuccess: async () => {
      await renewEstate();
      await navigate(paths.host(id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.editTitle(host.name)}>
      <SchemaForm
        schema={schema}
        texts={useHostFieldTexts()}
        value={{ ...host, siteId: host.site?.id }}
        errors={formErrorsOf(change.error)}
        refusal={refusal}
        busy={change.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => change.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName={`host ${id}`}
      />
    </FormPage>
  );
}
