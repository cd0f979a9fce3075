import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { RadioCards } from './radio-cards.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { credentialsQuery } from './upkeep-queries.ts';
import './upkeep.css';

const kinds = ['generate', 'key', 'password'] as const;
type Kind = (typeof kinds)[number];
type Request = Parameters<typeof client.upkeep.credentials.create>[0];

const named = {
  name: { type: 'string', minLength: 1, maxLength: 100 },
  user: { type: 'string', minLength: 1, maxLength: 64 },
} satisfies Record<string, JsonSchema>;

/** What each kind asks for beside a name and a user. */
const schemas: Record<Kind, JsonSchema> = {
  generate: { type: 'object', properties: named, required: ['name', 'user'] },
  key: {
    type: 'object',
    properties: {
      ...named,
      privateKey: { type: 'string', minLength: 1, maxLength: 20_000, multiline: true },
      passphrase: { type: 'string', maxLength: 500, secret: true },
    },
    required: ['name', 'user', 'privateKey'],
  },
  password: {
    type: 'object',
    properties: { ...named, password: { type: 'string', minLength: 1, maxLength: 500, secret: true } },
    required: ['name', 'user', 'password'],
  },
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function requestOf(kind: Kind, typed: Readonly<Record<string, unknown>>): Request {
  const shared = { name: asText(typed['name']), user: asText(typed['user']) };
  if (kind === 'generate') return { kind, ...shared };
  if (kind === 'password') return { kind, ...shared, password: asText(typed['password']) };
  const passphrase = asText(typed['passphrase']);
  return {
    kind,
    ...shared,
    privateKey: asText(typed['privateKey']),
    ...(passphrase === '' ? {} : { passphrase }),
  };
}

/** Adds a credential: best a key that Vigie makes itself. */
export function CredentialNewPage() {
  const { credentials: texts } = useUpkeepTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('upkeep.secrets');
  const [kind, setKind] = useState<Kind>('generate');
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => client.upkeep.credentials.create(requestOf(kind, typed)),
    onSuccess: async (credential) => {
      await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
      await navigate(paths.credential(credential.id));
    },
  });
  return (
    <FormPage title={texts.new} lead={texts.newLead}>
      <title>{texts.new}</title>
      <RadioCards
        legend={texts.kind}
        value={kind}
        onChange={setKind}
        cards={kinds.map((each) => ({ value: each, label: texts.kinds[each], help: [texts.kindHelp[each]] }))}
      />
      <SchemaForm
        key={kind}
        schema={schemas[kind]}
        texts={{
          name: { label: texts.name, help: texts.nameHelp },
          user: { label: texts.user },
          privateKey: { label: texts.privateKey, help: texts.privateKeyHelp, multiline: true },
          passphrase: { label: texts.passphrase, help: texts.passphraseHelp },
          password: { label: texts.password },
        }}
        errors={formErrorsOf(add.error)}
        busy={add.isPending}
        refusal={refusal}
        submitLabel={texts.create}
        onSubmit={(typed) => add.mutate(typed)}
        onCancel={() => void navigate(paths.credentials())}
        // A private key is typed here: nothing of this form is written down, but the name and the user.
        {...(kind === 'key' ? {} : { draftName: 'credential' })}
      />
    </FormPage>
  );
}
