import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Me } from '#contract/people.ts';
import { paths } from '../paths.ts';
import { client } from './api.ts';
import { DoorForm } from './door-form.tsx';
import { Door } from './door.tsx';
import { chooseLanguage } from './language.tsx';
import { queryClient } from './query-client.ts';
import { meQuery } from './session.ts';
import { useShellTexts } from './shell-texts.ts';

/** Only a path of this site may be gone back to: an address from outside could name another. */
export function safeReturn(from: string | null): string {
  return from !== null && /^\/(?![/\\])/.test(from) ? from : '/';
}

/** Remembers who signed in and speaks their language. */
export function enter(me: Me): void {
  queryClient.setQueryData(meQuery.queryKey, { person: me.person, permissions: me.permissions });
  chooseLanguage(me.person.language);
}

/** Address and password; then back to where one was. */
export function SignInPage() {
  const texts = useShellTexts();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const from = params.get('from');
  const needed = (value: string): string | undefined => (value === '' ? texts.required : undefined);
  return (
    <Door title={texts.signIn.title} {...(from === null || from === '/' ? {} : { lead: texts.signIn.ended })}>
      <DoorForm
        fields={[
          { name: 'mail', label: texts.signIn.mail, kind: 'mail', autoComplete: 'username', check: needed },
          {
            name: 'password',
            label: texts.signIn.password,
            kind: 'password',
            autoComplete: 'current-password',
            check: needed,
          },
        ]}
        submit={texts.signIn.submit}
        send={async (values) => {
          enter(await client.people.session.start(values));
          await navigate(safeReturn(from), { replace: true });
        }}
      />
      <p className="v-door-other">
        <Link to={paths.signInLink()}>{texts.signIn.byLink}</Link>
      </p>
    </Door>
  );
}
