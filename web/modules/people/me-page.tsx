import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { people as contract } from '#contract/people.ts';
import { api, client } from '#web/shell/api.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { chooseLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { meQuery, useMe } from '#web/shell/session.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { Tokens } from './tokens.tsx';
import { useSections } from './use-sections.ts';
import './people.css';

/** My name and language, my password, my API tokens. */
export function MePage() {
  const texts = usePeopleTexts();
  const sections = useSections();
  const { person } = useMe();
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.me.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.me.title}</h1>
        <span className="v-quiet">{`${person.mail} · ${texts.roles[person.role]}`}</span>
      </header>
      <SectionTabs label={texts.sections.label} tabs={sections} />
      <div className="v-people-body v-me-body">
        <Section title={texts.me.profile}>
          <Profile />
        </Section>
        <Section title={texts.me.password}>
          <Password />
        </Section>
        <Tokens />
      </div>
    </section>
  );
}

const meSchema = inputSchemaOf(contract.me.change);
const profileSchema: JsonSchema = { ...meSchema, required: ['name', 'language'] };

function Profile() {
  const { me: texts, languages } = usePeopleTexts();
  const { person } = useMe();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.people.me.change({
        name: typeof typed['name'] === 'string' ? typed['name'] : person.name,
        language: typed['language'] === 'fr' ? 'fr' : 'en',
      }),
    onSuccess: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me);
      void queryClient.invalidateQueries({ queryKey: api.people.persons.key() });
      chooseLanguage(me.person.language);
      notifications.show({ message: texts.saved });
    },
  });
  return (
    <SchemaForm
      schema={profileSchema}
      value={person}
      texts={{
        name: { label: texts.name },
        language: { label: texts.language, help: texts.languageHelp, choices: languages },
      }}
      errors={formErrorsOf(save.error)}
      busy={save.isPending}
      submitLabel={texts.save}
      onSubmit={(typed) => save.mutate(typed)}
    />
  );
}

const passwordSchema: JsonSchema = {
  type: 'object',
  properties: {
    current: { type: 'string', secret: true, minLength: 1, maxLength: 200 },
    next: { type: 'string', secret: true, minLength: 10, maxLength: 200 },
  },
  required: ['current', 'next'],
};

function Password() {
  const { me: texts } = usePeopleTexts();
  // A new form once it is changed, so that no password stays on the screen.
  const [changes, setChanges] = useState(0);
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.people.me.changePassword({
        current: typeof typed['current'] === 'string' ? typed['current'] : '',
        next: typeof typed['next'] === 'string' ? typed['next'] : '',
      }),
    onSuccess: () => {
      setChanges((count) => count + 1);
      notifications.show({ message: texts.passwordChanged });
    },
  });
  return (
    <SchemaForm
      key={changes}
      schema={passwordSchema}
      texts={{ current: { label: texts.current }, next: { label: texts.next, help: texts.nextHelp } }}
      errors={formErrorsOf(change.error)}
      busy={change.isPending}
      submitLabel={texts.changePassword}
      onSubmit={(typed) => change.mutate(typed)}
    />
  );
}
