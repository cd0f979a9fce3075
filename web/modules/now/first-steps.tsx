import { IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Permission } from '#contract/permission.ts';
import { api } from '#web/shell/api.ts';
import { useMe } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { IconAct } from '#web/ui/icon-act.tsx';
import { useKept } from '#web/ui/kept.ts';
import { useNowTexts } from './now-texts.ts';

/** Each step: who can take it, where, and the list that tells whether it is taken. */
const steps = {
  watch: { permission: 'watch.write', to: paths.watchAdd() },
  notices: { permission: 'notify.write', to: paths.channelNew() },
  team: { permission: 'people.write', to: paths.personNew() },
  mail: { permission: 'desk.settings', to: paths.mailboxNew() },
} as const satisfies Record<string, { permission: Permission; to: string }>;

/** The first host is this machine, the first person whoever set Vigie up. */
const ownMachine = 1;
const oneself = 1;

/** Which steps have been taken; undefined until all is known. */
function useTaken(enabled: (permission: Permission) => boolean) {
  const [hosts, channels, persons, mailboxes] = useQueries({
    queries: [
      { ...api.estate.hosts.list.queryOptions({ input: { limit: 1 } }), enabled: enabled(steps.watch.permission) },
      { ...api.notify.channels.list.queryOptions({ input: {} }), enabled: enabled(steps.notices.permission) },
      { ...api.people.persons.list.queryOptions({ input: { limit: 1 } }), enabled: enabled(steps.team.permission) },
      { ...api.desk.mailboxes.list.queryOptions({ input: {} }), enabled: enabled(steps.mail.permission) },
    ],
  });
  return {
    watch: hosts.data && hosts.data.total > ownMachine,
    notices: channels.data && channels.data.items.length > 0,
    team: persons.data && persons.data.total > oneself,
    mail: mailboxes.data && mailboxes.data.items.length > 0,
  };
}

/** What a new house still lacks, for whoever may see to it; gone once all is done or the reader puts it away. */
export function FirstSteps() {
  const { firstSteps: texts } = useNowTexts();
  const { permissions } = useMe();
  const [away, putAway] = useKept('first-steps', '');
  const taken = useTaken((permission) => away === '' && permissions.includes(permission));
  const mine = (['watch', 'notices', 'team', 'mail'] as const).filter((step) =>
    permissions.includes(steps[step].permission),
  );
  const known = mine.every((step) => taken[step] !== undefined);
  if (away !== '' || !known || mine.every((step) => taken[step] === true)) return null;
  return (
    <section className="v-now-first" aria-label={texts.title}>
      <header>
        <h2>{texts.title}</h2>
        <IconAct icon={<IconX size={16} />} label={texts.putAway} onClick={() => putAway('away')} />
      </header>
      <ol>
        {mine.map((step) => (
          <li key={step} data-taken={taken[step] === true ? true : undefined}>
            {taken[step] === true ? (
              <IconCircleCheckFilled size={18} color="var(--v-up)" aria-label={texts.taken} />
            ) : (
              <IconCircle size={18} stroke={1.5} aria-hidden />
            )}
            <Link to={steps[step].to}>{texts.steps[step].title}</Link>
            <span className="v-quiet">{texts.steps[step].why}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
