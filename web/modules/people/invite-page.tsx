import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { people as contract } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import { api, client } from '#web/shell/api.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { CopyLine } from './copy-line.tsx';
import { usePeopleTexts } from './people-texts.ts';
import './people.css';

const schema = inputSchemaOf(contract.persons.invite);
const asText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Invites somebody, and shows the one-time link to hand over. */
export function InvitePage() {
  const { invite: texts, roles, roleHelp, languages } = usePeopleTexts();
  const navigate = useNavigate();
  const language = useLanguage();
  const refusal = useRefusal('people.write');
  const invite = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.people.persons.invite({
        name: asText(typed['name']),
        mail: asText(typed['mail']),
        role: role.catch('operator').parse(typed['role']),
        language: typed['language'] === 'fr' ? 'fr' : 'en',
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.people.persons.list.key() }),
  });
  if (invite.data !== undefined) {
    const { person, link } = invite.data;
    return (
      <FormPage title={texts.doneTitle(person.name)} lead={texts.doneLead}>
        <title>{texts.title}</title>
        <CopyLine label={texts.link} value={link} copy={texts.copy} copied={texts.copied} />
        <div className="v-people-end">
          <ActionButton onClick={() => invite.reset()}>{texts.another}</ActionButton>
          <ActionButton to={paths.person(person.id)}>{texts.toPerson}</ActionButton>
        </div>
      </FormPage>
    );
  }
  return (
    <FormPage title={texts.title} lead={texts.lead}>
      <title>{texts.title}</title>
      <SchemaForm
        schema={schema}
        value={{ role: 'operator', language }}
        texts={{
          name: { label: texts.name },
          mail: { label: texts.mail, help: texts.mailHelp },
          role: {
            label: texts.role,
            choices: Object.fromEntries(role.options.map((each) => [each, `${roles[each]} – ${roleHelp[each]}`])),
          },
          language: { label: texts.language, choices: languages },
        }}
        errors={formErrorsOf(invite.error)}
        busy={invite.isPending}
        refusal={refusal}
        submitLabel={texts.submit}
        onSubmit={(typed) => invite.mutate(typed)}
        onCancel={() => void navigate(paths.people())}
        draftName="invitation"
      />
    </FormPage>
  );
}
