import { Checkbox } from '@mantine/core';
import { IconLock, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Attachment, Message, StreamItem } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { Story, type StoryEvent } from '#web/ui/story.tsx';
import { formatBytes } from '#web/ui/format.ts';
import { useAfterPaint } from '#web/ui/use-after-paint.ts';
import { useUi } from '#web/ui/words.ts';
import { Composer } from './composer.tsx';
import { Markdown } from './markdown.tsx';
import { MessageChoiceBar, useMessageChoice, type MessageChoice } from './message-choice.tsx';
import { Confirmations, MessageMail, MessageWords } from './message-mail.tsx';
import { sheetQuery } from '../tickets/sheet-queries.ts';
import { storyEvent } from './story-event.tsx';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';
import './conversation.css';

/** So much of the story fills a screen: the rest is made once that is drawn. */
const shownAtOnce = 6;

/** A ticket's conversation and story, newest first, with a place to answer. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const { page } = useTicketTexts();
  const sheet = useQuery(sheetQuery(ticketId)).data;
  const choice = useMessageChoice();
  const drawn = useAfterPaint();
  const [earlier, setEarlier] = useState<{ items: readonly StreamItem[]; before: string | null }>();
  if (sheet === undefined) return null;
  const items = [...(earlier?.items ?? []), ...sheet.stream.items].toReversed();
  const before = earlier === undefined ? sheet.stream.before : earlier.before;
  const more = async (cursor: string): Promise<void> => {
    const answer = await client.desk.tickets.stream({ id: ticketId, before: cursor, limit: 100 });
    setEarlier((known) => ({ items: [...answer.items, ...(known?.items ?? [])], before: answer.before }));
  };
  return (
    <Section title={page.story}>
      <Composer key={ticketId} sheet={sheet} />
      {sheet.mergedInto === null && (
        <MessageChoiceBar
          sheet={sheet}
          choice={choice}
          messages={items.flatMap((item) => (item.what === 'message' ? [item.message] : []))}
        />
      )}
      <Story
        label={page.story}
        events={items.slice(0, drawn ? items.length : shownAtOnce).map((item) => toEvent(item, ticketId, page, choice))}
      />
      <Confirmations ticketId={ticketId} isMail={sheet.source === 'mail'} />
      {drawn && before !== null && <ActionButton onClick={() => void more(before)}>{page.earlier}</ActionButton>}
    </Section>
  );
}

type PageTexts = ReturnType<typeof useTicketTexts>['page'];

function toEvent(item: StreamItem, ticketId: string, page: PageTexts, choice: MessageChoice): StoryEvent {
  if (item.what === 'event') return storyEvent(item.event, page.wrote);
  const { message } = item;
  const isNote = message.visibility === 'note';
  return {
    id: message.id,
    at: message.at,
    icon: isNote ? <IconLock size={13} /> : <IconMessage size={13} />,
    who: message.who.name,
    text: isNote ? page.noted : page.wrote,
    proof: (
      <>
        {choice.ids !== null && <ChooseMessage message={message} choice={choice} />}
        <MessageBody message={message} ticketId={ticketId} />
      </>
    ),
  };
}

function ChooseMessage({ message, choice }: { message: Message; choice: MessageChoice }) {
  const { messages } = useWorkTexts();
  return (
    <Checkbox
      size="xs"
      mb={4}
      label={messages.pick(message.who.name)}
      checked={choice.ids?.has(message.id) ?? false}
      onChange={() => choice.toggle(message.id)}
    />
  );
}

function MessageBody({ message, ticketId }: { message: Message; ticketId: string }) {
  const elsewhere = message.homeId !== ticketId;
  const { page } = useTicketTexts();
  return (
    <div className="v-message" data-note={message.visibility === 'note'} data-theirs={message.fromRequester}>
      {elsewhere && <p className="v-quiet v-desk-small">{page.homeElsewhere}</p>}
      {message.format === 'markdown' ? (
        <Markdown text={message.body} />
      ) : (
        <MessageWords message={message} ticketId={ticketId} />
      )}
      {message.attachments.length > 0 && (
        <ul className="v-message-files">
          {message.attachments.map((file) => (
            <FileView key={file.id} file={file} />
          ))}
        </ul>
      )}
      {message.mailState !== null && <MessageMail message={message} ticketId={ticketId} />}
    </div>
  );
}

function FileView({ file }: { file: Attachment }) {
  const { page } = useTicketTexts();
  const { locale, words } = useUi();
  const address = `/files/${file.id}`;
  return (
    <li>
      {file.preview === 'image' && (
        <a href={`${address}?show`} target="_blank" rel="noreferrer noopener">
          <img className="v-message-picture" src={`${address}?show`} alt={file.name} loading="lazy" />
        </a>
      )}
      <a
        className="v-link"
        href={file.preview === null ? address : `${address}?show`}
        target="_blank"
        rel="noreferrer noopener"
        aria-label={page.open(file.name)}
      >
        {file.name}
      </a>{' '}
      <span className="v-quiet">{formatBytes(file.sizeBytes, locale, words.byteUnits)}</span>
      {file.runs && <strong className="v-message-runs"> {page.runs}</strong>}
      {file.unread !== null && <span className="v-quiet v-desk-small"> · {page.unread[file.unread]}</span>}
    </li>
  );
}
