import { useNavigate, useSearchParams } from 'react-router';
import { mailAddress, password as passwordWord } from '#contract/people.ts';
import type { Language } from '#contract/words.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { paths } from '../paths.ts';
import { client } from './api.ts';
import { DoorForm } from './door-form.tsx';
import { Door } from './door.tsx';
import { chooseLanguage, useLanguage } from './language.tsx';
import { enter } from './sign-in-page.tsx';
import { useShellTexts } from './shell-texts.ts';

const languages: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
];

/** First visit, from the one-time link: language, name, address, password; then Now. */
export function WelcomePage() {
  const texts = useShellTexts();
  const navigate = useNavigate();
  const language = useLanguage();
  const [params] = useSearchParams();
  const token = params.get('token');
  if (token === null || token === '') {
    return (
      <Door title={texts.welcome.title} lead={texts.welcome.needLink}>
        <ActionButton to={paths.signIn()}>{texts.signIn.title}</ActionButton>
      </Door>
    );
  }
  const needed = (value: string): string | undefined => (value.trim() === '' ? texts.required : undefined);
  return (
    <Door title={texts.welcome.title} lead={texts.welcome.lead}>
      <fieldset className="v-door-languages">
        <legend>{texts.welcome.language}</legend>
        {languages.map(({ value, label }) => (
          <label key={value} lang={value} data-on={value === language || undefined}>
            <input
              type="radio"
              name="language"
              value={value}
              checked={value === language}
              onChange={() => chooseLanguage(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <DoorForm
        fields={[
          { name: 'name', label: texts.welcome.name, kind: 'text', autoComplete: 'name', check: needed },
          {
            name: 'mail',
            label: texts.welcome.mail,
            help: texts.welcome.mailHelp,
            kind: 'mail',
            autoComplete: 'username',
            check: (value) => (mailAddress.safeParse(value.trim()).success ? undefined : texts.mailWrong),
          },
          {
            name: 'password',
            label: texts.welcome.password,
            help: texts.welcome.passwordHelp,
            kind: 'password',
            autoComplete: 'new-password',
            check: (value) => (passwordWord.safeParse(value).success ? undefined : texts.passwordTooShort),
          },
        ]}
        submit={texts.welcome.submit}
        send={async (values) => {
          enter(await client.people.welcome.accept({ ...values, mail: values.mail.trim(), token, language }));
          await navigate(paths.now(), { replace: true });
        }}
      />
    </Door>
  );
}
