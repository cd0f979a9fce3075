import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { MailRow } from '#contract/desk-mail-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Chip } from '#web/ui/chip.tsx';
import { formatBytes } from '#web/ui/format.ts';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { FlightLines } from './flight-lines.tsx';
import { MailFrame } from './mail-frame.tsx';
import { mailQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import '#web/ui/page.css';
import './mail.css';

type MailRecord = Awaited<ReturnType<typeof client.desk.mails.get>>;

function stateOf({ state, outcome }: MailRow): 'waiting' | 'aside' | NonNullable<MailRow['outcome']> {
  return state === 'done' ? (outcome ?? 'kept') : state;
}

const renew = () => queryClient.invalidateQueries({ queryKey: api.desk.mails.key() });

/** What became of one mail and why: its flight record. */
export function MailRecordPage() {
  const { id = '' } = useParams();
  const { record: texts, list, states } = useMailTexts();
  const refusal = useRefusal('desk.write');
  const mail = useSuspenseQuery(mailQuery(id)).data;
  const again = useMutation({ mutationFn: () => client.desk.mails.again({ id }), onSuccess: renew });
  const toTicket = useMutation({ mutationFn: () => client.desk.mails.toTicket({ id }), onSuccess: renew });
  const subject = mail.subject || list.noSubject;
  return (
    <section className="v-page" data-scroll="">
      <title>{subject}</title>
      <header className="v-page-head">
        <h1 className="v-title">{subject}</h1>
        <div className="v-page-actions">
          {mail.state === 'aside' && !mail.cut && (
            <ActionButton refusal={refusal} busy={again.isPending} onClick={() => again.mutate()}>
              {texts.readAgain}
            </ActionButton>
          )}
          {mail.ticket === null && mail.state !== 'waiting' && (
            <ActionButton main refusal={refusal} busy={toTicket.isPending} onClick={() => toTicket.mutate()}>
              {texts.toTicket}
            </ActionButton>
          )}
        </div>
      </header>
      <div className="v-mail-record">
        <p className="v-mail-lead">
          <strong>{states[stateOf(mail)]}</strong>
          {mail.reason !== '' && <span> · {mail.reason}</span>}
          {mail.ticket !== null && (
            <Chip to={paths.ticket(mail.ticket.id)}>{`#${mail.ticket.number} ${mail.ticket.title}`}</Chip>
          )}
        </p>
        {mail.spoofed && (
          <p className="v-mail-warning" role="note">
            {texts.spoofed}
          </p>
        )}
        {mail.cut && <p className="v-quiet">{texts.cut}</p>}
        {mail.state === 'done' && mail.ticket === null && <MailFrame mailId={mail.id} />}
        <Section title={texts.flight}>
          <FlightLines lines={mail.flight} />
        </Section>
        <MailFacts mail={mail} />
        <MailHeaders mail={mail} />
      </div>
    </section>
  );
}

function MailFacts({ mail }: { mail: MailRecord }) {
  const { record: texts, kinds } = useMailTexts();
  const { locale, words } = useUi();
  return (
    <Section
      title={texts.facts}
      aside={
        <a className="v-link" href={`/files/mails/${mail.id}`} download="">
          {texts.raw}
        </a>
      }
    >
      <dl className="v-mail-facts">
        <dt>{texts.from}</dt>
        <dd>{mail.from}</dd>
        <dt>{texts.came}</dt>
        <dd>
          <Time at={mail.at} />
          {mail.kind !== null && <span className="v-quiet"> · {kinds[mail.kind]}</span>}
        </dd>
        {mail.mailbox !== null && <dt>{texts.mailbox}</dt>}
        {mail.mailbox !== null && <dd>{mail.mailbox}</dd>}
        {mail.envelopeTo.length > 0 && <dt>{texts.envelope}</dt>}
        {mail.envelopeTo.length > 0 && (
          <dd>{`${mail.envelopeFrom === null || mail.envelopeFrom === '' ? '<>' : mail.envelopeFrom} → ${mail.envelopeTo.join(', ')}`}</dd>
        )}
        <dt>{texts.size}</dt>
        <dd>{formatBytes(mail.sizeBytes, locale, words.byteUnits)}</dd>
        {mail.messageId !== null && <dt>{texts.id}</dt>}
        {mail.messageId !== null && (
          <dd>
            <code>{mail.messageId}</code>
          </dd>
        )}
        {mail.again > 0 && <dt>{texts.again}</dt>}
        {mail.again > 0 && <dd>{texts.times(mail.again)}</dd>}
      </dl>
    </Section>
  );
}

function MailHeaders({ mail }: { mail: MailRecord }) {
  const { record: texts } = useMailTexts();
  if (mail.headers.length === 0) return null;
  return (
    <details className="v-mail-headers">
      <summary>{texts.headers}</summary>
      <dl>
        {mail.headers.map(({ name, value }, place) => (
          <div key={place}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
