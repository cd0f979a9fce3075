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
import { siteQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import { renewEstate } from './save-thing.ts';

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
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const create = useMutation({
    mutationFn: (value: unknown) => client.estate.sites.create(inputOf(estate.sites.create, value)),
    meta: { quiet: true },
    onSuccess: async (site) => {
      await renewEstate();
      await navigate(paths.site(site.id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.newSite.title} lead={texts.newSite.lead}>
      <SchemaForm
        schema={schema}
        texts={useSiteFieldTexts()}
        errors={formErrorsOf(create.error)}
        refusal={refusal}
        busy={create.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => create.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName="site"
      />
    </FormPage>
  );
}

/** All fields of a site at once. */
export function SiteEditPage() {
  const texts = useEstateTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: site } = useSuspenseQuery(siteQuery(id));
  const refusal = useRefusal('estate.write');
  const change = useMutation({
    // Every field is on the form: what was emptied is sent as empty.
    mutationFn: (value: Record<string, unknown>) =>
      client.estate.sites.change(inputOf(estate.sites.change, { place: '', note: '', ...value, id })),
    meta: { quiet: true },
    onSuccess: async () => {
      await renewEstate();
      await navigate(paths.site(id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.editTitle(site.name)}>
      <SchemaForm
        schema={schema}
        texts={useSiteFieldTexts()}
        value={site}
        errors={formErrorsOf(change.error)}
        refusal={refusal}
        busy={change.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => change.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName={`site ${id}`}
      />
    </FormPage>
  );
}
