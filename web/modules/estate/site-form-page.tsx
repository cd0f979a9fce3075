import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams, type LoaderFunctionArgs } from 'react-router';
import { estate } from '#contract/estate.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import { client } from '#web/shell/api.ts';
import { inputOf } from '#web/shell/form-input.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { siteQuery } from './estate-queries.ts';
import { EstateForm } from './estate-form.tsx';
import { useEstateTexts } from './estate-texts.ts';

const schema = inputSchemaOf(estate.sites.create);

export const editLoader = ({ params }: LoaderFunctionArgs) => ready(siteQuery(params['id'] ?? ''));

function useSiteFieldTexts(): Record<string, FieldText> {
  const { columns, help } = useEstateTexts();
  return {
    name: { label: columns.name, help: help.name },
    place: { label: columns.place, help: help.place },
    note: { label: columns.note, help: help.note, multiline: true },
  };
}

/** A new site. */
export function SiteNewPage() {
  const texts = useEstateTexts();
  return (
    <EstateForm
      {...texts.newSite}
      schema={schema}
      texts={useSiteFieldTexts()}
      draftName="site"
      save={async (value) => {
        const site = await client.estate.sites.create(inputOf(estate.sites.create, value));
        return paths.site(site.id);
      }}
    />
  );
}

/** All fields of a site at once. */
export function SiteEditPage() {
  const texts = useEstateTexts();
  const { id = '' } = useParams();
  const { data: site } = useSuspenseQuery(siteQuery(id));
  return (
    <EstateForm
      title={texts.editTitle(site.name)}
      schema={schema}
      texts={useSiteFieldTexts()}
      value={site}
      draftName={`site ${id}`}
      save={async (value) => {
        // Every field is on the form: what was emptied is sent as empty.
        await client.estate.sites.change(inputOf(estate.sites.change, { place: '', note: '', ...value, id }));
        return paths.site(id);
      }}
    />
  );
}
