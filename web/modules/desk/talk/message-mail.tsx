import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MailDelivery, MailOfMessage } from '#contract/desk-mail-words.ts';
import type { Message } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { FlightLines } from '../mail/flight-lines.tsx';
import { MailFrame } from '../mail/mail-frame.tsx';
import { ticketMailQuery } from '../mail/mail-queries.ts';
import { useMailTexts } from '../mail/mail-texts.ts';
import { adoptSheet } from '../tickets/sheet-queries.ts';
import '../mail/mail.css';

interface Part {
  readonly kind: string;
  readonly text: string;
}

/** A body cut where its folds begin and end. */
function partsOf({ body, folds }: Pick<Message, 'body' | 'folds'>): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, kind } of folds) {
    if (from > at) parts.push({ kind: 'visible', text: body.slice(at, from) });
    // A header belongs to the words that were passed on below it.
    const shown = kind === 'forwarded_header' ? 'forwarded' : kind;
    const last = parts.at(-1);
    if (last?.kind === shown && shown !== 'visible')
      parts[parts.length - 1] = { kind: shown, text: last.text + body.slice(from, to) };
    else parts.push({ kind: shown, text: body.slice(from, to) });
    at = to;
  }
  if (at < body.length) parts.push({ kind: 'visible', text: body.slice(at) });
  return parts.filter(({ text }) => text.trim() !== '');
}

/** The words of a mail: what it quotes is folded away and one click from being read; what was passed on is open. */
function FoldedText({ message }: { message: Message }) {
  const { onTicket: texts } = useMailTexts();
  const names: Readonly<Record<string, string>> = {
    quoted: texts.quoted,
    signature: texts.signature,
    disclaimer: texts.disclaimer,
    forwarded: texts.forwardedText,
  };
  return partsOf(message).map((part, place) =>
    part.kind === 'visible' ? (
      <PlainText key={place} text={part.text} />
    ) : (
      <details key={place} className="v-fold" open={part.kind === 'forwarded'}>
        <summary>{names[part.kind] ?? texts.quoted}</summary>
        <PlainText text={part.text} />
      </details>
    ),
  );
}

/** What a message says: of a mail its text, or itself with its layout when one asks for that. */
export function MessageWords({ message, ticketId }: { message: Message; ticketId: string }) {
  const { onTicket: texts } = useMailTexts();
  const [asFormatted, setAsFormatted] = useState(false);
  const mail = useQuery({ ...ticketMailQuery(ticketId), enabled: message.mailState !== null }).data;
  const came = mail?.messages.find(({ messageId }) => messageId === message.id);
  if (came === undefined || !came.formatted) return <FoldedText message={message} />;
  return (
    <>
      {asFormatted ? <MailFrame mailId={came.mailId} /> : <FoldedText message={message} />}
      <p className="v-message-mail">
        <ActionButton onClick={() => setAsFormatted(!asFormatted)}>
          {asFormatted ? texts.asText : texts.asFormatted}
        </ActionButton>
      </p>
    </>
  );
}

/** What one has to know of the mail that a message came by, or leaves by. */
export function MessageMail({ message, ticketId }: { message: Message; ticketId: string }) {
  const mail = useQuery({ ...ticketMailQuery(ticketId), enabled: message.mailState !== null }).data;
  const came = mail?.messages.find(({ messageId }) => messageId === message.id);
  const deliveries = mail?.deliveries.filter(({ messageId }) => messageId === message.id) ?? [];
  return (
    <>
      {came !== undefined && <Came mail={came} ticketId={ticketId} isNote={message.visibility === 'note'} />}
      {deliveries.length > 0 && <Deliveries deliveries={deliveries} ticketId={ticketId} />}
    </>
  );
}

const renew = (ticketId: string) => queryClient.invalidateQueries({ queryKey: ticketMailQuery(ticketId).queryKey });

function Came({ mail, ticketId, isNote }: { mail: MailOfMessage; ticketId: string; isNote: boolean }) {
  const { onTicket: texts } = useMailTexts();
  const refusal = useRefusal('desk.write');
  const onSuccess = async (sheet: Parameters<typeof adoptSheet>[0]) => {
    await adoptSheet(sheet);
    await renew(ticketId);
  };
  const trust = useMutation({ mutationFn: () => client.desk.mails.trust({ id: mail.mailId }), onSuccess });
  const adopt = useMutation({ mutationFn: () => client.desk.mails.adopt({ id: mail.mailId }), onSuccess });
  const { forwardedFrom, calendar } = mail;
  const isStranger = !mail.trusted && !mail.spoofed && isNote && mail.kind === 'person';
  return (
    <div className="v-message-mail">
      {mail.spoofed && <strong className="v-mail-doubt">{texts.spoofed}</strong>}
      {isStranger && <strong className="v-mail-doubt">{texts.stranger}</strong>}
      {isNote && mail.kind === 'person' && (
        <ActionButton refusal={refusal} busy={trust.isPending} onClick={() => trust.mutate()}>
          {texts.trust}
        </ActionButton>
      )}
      {forwardedFrom !== null && (
        <span>
          {texts.forwarded(
            forwardedFrom.name === '' ? forwardedFrom.address : `${forwardedFrom.name} <${forwardedFrom.address}>`,
          )}{' '}
          <ActionButton refusal={refusal} busy={adopt.isPending} onClick={() => adopt.mutate()}>
            {texts.adopt}
          </ActionButton>
        </span>
      )}
      {calendar !== null && (
        <span>
          {texts.invitation} : {calendar.summary} · {calendar.start}
          {calendar.location === '' ? '' : ` · ${calendar.location}`}
        </span>
      )}
      <Link className="v-link v-desk-small" to={paths.mail(mail.mailId)}>
        {texts.why}
      </Link>
      <a className="v-link v-desk-small" href={`/files/mails/${mail.mailId}`} download="">
        {texts.original}
      </a>
    </div>
  );
}

/** How far mails are on their way, each with what the other side said. */
export function Deliveries({ deliveries, ticketId }: { deliveries: readonly MailDelivery[]; ticketId: string }) {
  const { onTicket: texts } = useMailTexts();
  const refusal = useRefusal('desk.write');
  const resend = useMutation({
    mutationFn: (id: string) => client.desk.mails.resend({ id }),
    onSuccess: () => renew(ticketId),
  });
  return (
    <ul className="v-message-mail v-deliveries">
      {deliveries.map((each) => (
        <li key={each.id} data-wrong={each.state === 'failed' || each.state === 'bounced' || undefined}>
          <details>
            <summary>
              {each.kind === 'confirmation' && `${texts.confirmation} · `}
              <strong>{texts.deliveries[each.state]}</strong> {texts.to(each.to.join(', '))}
              {each.sentAt !== null && each.state === 'sent' && (
                <>
                  {' '}
                  · <Time at={each.sentAt} />
                </>
              )}
              {each.nextAt !== null && each.tries > 0 && (
                <>
                  {' '}
                  · {texts.nextAt} <Time at={each.nextAt} />
                </>
              )}
            </summary>
            <FlightLines lines={each.flight} />
          </details>
          {each.state !== 'sent' && each.said !== '' && <code className="v-flight-evidence">{each.said}</code>}
          {(each.state === 'failed' || each.state === 'bounced') && (
            <ActionButton refusal={refusal} busy={resend.isPending} onClick={() => resend.mutate(each.id)}>
              {texts.resend}
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the desk said by itself about a ticket. */
export function Confirmations({ ticketId, isMail }: { ticketId: string; isMail: boolean }) {
  const mail = useQuery({ ...ticketMailQuery(ticketId), enabled: isMail }).data;
  const own = mail?.deliveries.filter(({ messageId }) => messageId === null) ?? [];
  return own.length === 0 ? null : <Deliveries deliveries={own} ticketId={ticketId} />;
}
