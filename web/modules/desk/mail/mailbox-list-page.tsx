import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Mailbox, MailWay } from '#contract/desk-mail-words.ts';
import { ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { MailPage } from './mail-page.tsx';
import { mailboxesQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';

export const loader = () => ready(mailboxesQuery);

/** How one way of a mailbox is, in a sentence, and what the other side said. */
export function WayState({ way }: { way: MailWay }) {
  const isWrong = way.trouble !== '' && way.trouble !== 'not_set';
  return (
    <span className="v-mail-way" data-wrong={isWrong || undefined}>
      {way.sentence}
      {way.at !== null && (
        <span className="v-quiet">
          {' '}
          · <Time at={way.at} />
        </span>
      )}
      {isWrong && way.said !== '' && <code className="v-flight-evidence">{way.said}</code>}
    </span>
  );
}

/** The desk's mailboxes, and how each of them is. */
export function MailboxListPage() {
  const { mailboxes: texts } = useMailTexts();
  const refusal = useRefusal('desk.settings');
  const { items } = useSuspenseQuery(mailboxesQuery).data;
  const add = (
    <ActionButton main to={paths.mailboxNew()} icon={<IconPlus size={15} />} refusal={refusal}>
      {texts.new}
    </ActionButton>
  );
  return (
    <MailPage title={texts.title} actions={add}>
      {items.length === 0 ? (
        <EmptyState title={texts.empty.title} action={add}>
          {texts.empty.text}
        </EmptyState>
      ) : (
        <>
          <p className="v-form-lead">{texts.lead}</p>
          <ul className="v-mailboxes">
            {items.map((mailbox) => (
              <MailboxRow key={mailbox.id} mailbox={mailbox} />
            ))}
          </ul>
        </>
      )}
    </MailPage>
  );
}

function MailboxRow({ mailbox }: { mailbox: Mailbox }) {
  const { mailboxes: texts } = useMailTexts();
  return (
    <li data-off={!mailbox.active || undefined}>
      <div className="v-mailbox-head">
        <Link className="v-link" to={paths.mailbox(mailbox.id)}>
          <strong>{mailbox.name}</strong> {mailbox.address}
        </Link>
        {mailbox.isDefault && <span className="v-quiet">{texts.isDefault}</span>}
        {!mailbox.active && <span className="v-quiet">{texts.off}</span>}
      </div>
      <dl className="v-mail-facts">
        <dt>{texts.incoming}</dt>
        <dd>
          <WayState way={mailbox.incomingState} />
        </dd>
        <dt>{texts.outgoing}</dt>
        <dd>
          <WayState way={mailbox.outgoingState} />
        </dd>
      </dl>
    </li>
  );
}
