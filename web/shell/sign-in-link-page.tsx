import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { mailAddress } from '#contract/people.ts';
import { paths } from '../paths.ts';
import { client } from './api.ts';
import { DoorForm } from './door-form.tsx';
import { Door } from './door.tsx';
import { enter } from './sign-in-page.tsx';
import { useShellTexts } from './shell-texts.ts';

/**
 * Has a link sent, or signs in with the one that brought somebody here. The link is used by a click and not by opening its
 * page: programs that look into mails open every address in them.
 */
export function SignInLinkPage() {
  const { signIn: texts, required } = useShellTexts();
  const [params] = useSearchParams();
  const [sent, setSent] = useState(false);
  const navigate = useNavigate();
  const token = params.get('token');
  if (token !== null)
    return (
      <Door title={texts.linkTitle} lead={texts.linkReady}>
        <DoorForm
          fields={[]}
          submit={texts.linkUse}
          send={async () => {
            enter(await client.people.session.followLink({ token }));
            await navigate(paths.mine(), { replace: true });
          }}
        />
        <p className="v-door-other">
          <Link to={paths.signInLink()}>{texts.byLink}</Link>
        </p>
      </Door>
    );
  return (
    <Door title={texts.linkTitle} lead={sent ? texts.linkSent : texts.linkLead}>
      {!sent && (
        <DoorForm
          fields={[
            {
              name: 'mail',
              label: texts.mail,
              kind: 'mail',
              autoComplete: 'email',
              check: (value) => (mailAddress.safeParse(value.trim()).success ? undefined : required),
            },
          ]}
          submit={texts.linkSend}
          send={async ({ mail }) => {
            await client.people.session.askLink({ mail: mail.trim() });
            setSent(true);
          }}
        />
      )}
      <p className="v-door-other">
        <Link to={paths.signIn()}>{texts.byPassword}</Link>
      </p>
    </Door>
  );
}
