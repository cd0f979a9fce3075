import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams, type LoaderFunctionArgs } from 'react-router';
import { estate } from '#contract/estate.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import { client } from '#web/shell/api.ts';
import { inputOf } from '#web/shell/form-input.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { hostQuery, sitesQuery } from './estate-queries.ts';
import { EstateForm } from './estate-form.tsx';
import { useEstateTexts } from './estate-texts.ts';

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
  return (
    <EstateForm
      {...texts.newHost}
      schema={schema}
      texts={useHostFieldTexts()}
      draftName="host"
      save={async (value) => {
        const host = await client.estate.hosts.create(inputOf(estate.hosts.create, value));
        return paths.host(host.id);
      }}
    />
  );
}

/** All fields of a host at once. */
export function HostEditPage() {
  const texts = useEstateTexts();
  const { id = '' } = useParams();
  const { data: host } = useSuspenseQuery(hostQuery(id));
  return (
    <EstateForm
      title={texts.editTitle(host.name)}
      schema={schema}
      texts={useHostFieldTexts()}
      value={{ ...host, siteId: host.site?.id }}
      draftName={`host ${id}`}
      save={async (value) => {
        // Every field is on the form: what was emptied is sent as empty.
        await client.estate.hosts.change(
          inputOf(estate.hosts.change, { system: '', note: '', siteId: null, ...value, id }),
        );
        return paths.host(id);
      }}
    />
  );
}
