import { useNavigate, useSearchParams } from 'react-router';
import { password as passwordWord } from '#contract/people.ts';
import { paths } from '../paths.ts';
import { client } from './api.ts';
import { DoorForm } from './door-form.tsx';
import { Door } from './door.tsx';
import { enter } from './sign-in-page.tsx';
import { useShellTexts } from './shell-texts.ts';

/** The invited choose their password with a one-time link. */
export function InvitationPage() {
  const texts = useShellTexts();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return (
    <Door title={texts.invitation.title} lead={texts.invitation.lead}>
      <DoorForm
        fields={[
          {
            name: 'password',
            label: texts.welcome.password,
            help: texts.welcome.passwordHelp,
            kind: 'password',
            autoComplete: 'new-password',
            check: (value) => (passwordWord.safeParse(value).success ? undefined : texts.passwordTooShort),
          },
        ]}
        submit={texts.invitation.submit}
        send={async ({ password }) => {
          enter(await client.people.persons.acceptInvitation({ token: params.get('token') ?? '', password }));
          await navigate(paths.now(), { replace: true });
        }}
      />
    </Door>
  );
}
