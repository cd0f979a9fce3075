import { FileButton, Textarea } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { Message } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useMineTexts } from './mine-texts.ts';
import '../talk/conversation.css';
import './mine.css';

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.desk.mine.key() });

/** A ticket of mine: what was said, a place to answer, and one click to say whether it was well done. */
export function MineTicketPage() {
  const { id = '' } = useParams();
  const texts = useMineTexts();
  const ticket = useSuspenseQuery(api.desk.mine.get.queryOptions({ input: { id } })).data;
  const [earlier, setEarlier] = useState<{ messages: readonly Message[]; before: string | null }>();
  const before = earlier === undefined ? ticket.before : earlier.before;
  const more = useMutation({
    mutationFn: (cursor: string) => client.desk.mine.get({ id, before: cursor }),
    onSuccess: (page) =>
      setEarlier((known) => ({ messages: [...page.messages, ...(known?.messages ?? [])], before: page.before })),
  });
  const over = ticket.state === 'resolved' || ticket.state === 'cancelled';
  return (
    <section className="v-page v-mine" data-scroll="">
      <title>{ticket.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{ticket.title}</h1>
        <div className="v-page-actions">
          <ActionButton to={paths.mine()}>{texts.ticket.back}</ActionButton>
        </div>
      </header>
      <p className="v-quiet">
        #{ticket.number} · {texts.states[ticket.state]} · <Time at={ticket.openedAt} show="clock" />
      </p>
      <Rating id={id} score={ticket.score} mayRate={ticket.mayRate} />
      {before !== null && (
        <ActionButton busy={more.isPending} onClick={() => more.mutate(before)}>
          {texts.ticket.earlier}
        </ActionButton>
      )}
      <ol className="v-mine-messages">
        {[...(earlier?.messages ?? []), ...ticket.messages].map((message) => (
          <Said key={message.id} message={message} />
        ))}
      </ol>
      <Answer id={id} over={over} />
    </section>
  );
}

function Said({ message }: { message: Message }) {
  const texts = useMineTexts();
  return (
    <li className="v-message" data-theirs={message.fromRequester}>
      <p className="v-quiet">
        {message.fromRequester ? texts.ticket.me : message.who.name} · <Time at={message.at} show="clock" />
      </p>
      <PlainText text={message.body} />
      {message.attachments.map((file) => (
        <p key={file.id}>
          {file.runs ? (
            file.name
          ) : (
            <a className="v-link" href={`/files/${file.id}`}>
              {file.name}
            </a>
          )}
        </p>
      ))}
    </li>
  );
}

async function upload(ticketId: string, file: File): Promise<string> {
  const { attachmentId, path } = await client.desk.mine.attach({ id: ticketId, name: file.name, sizeBytes: file.size });
  const answer = await fetch(path, { method: 'PUT', body: file, headers: { 'x-vigie-file': '1' } });
  if (!answer.ok) throw new Error(file.name);
  return attachmentId;
}

function Answer({ id, over }: { id: string; over: boolean }) {
  const { ticket: texts } = useMineTexts();
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [messageId, setMessageId] = useState(() => uuid());
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      const attachmentIds: string[] = [];
      for (const file of files) attachmentIds.push(await upload(id, file));
      return client.desk.mine.answer({ id, messageId, body, attachmentIds });
    },
    onSuccess: async () => {
      setBody('');
      setFiles([]);
      setMessageId(uuid());
      await refresh();
    },
  });
  return (
    <form
      className="v-mine-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim() !== '') send.mutate();
      }}
    >
      <Textarea
        label={texts.answer}
        {...(over ? { description: texts.reopens } : {})}
        autosize
        minRows={3}
        value={body}
        error={send.error === null ? undefined : sentenceOf(send.error).text}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div className="v-form-end">
        <ActionButton main submit busy={send.isPending}>
          {texts.send}
        </ActionButton>
        <FileButton multiple onChange={(chosen) => setFiles(chosen)}>
          {(props) => <ActionButton onClick={props.onClick}>{texts.attach}</ActionButton>}
        </FileButton>
        {files.length > 0 && <span className="v-quiet">{texts.files(files.length)}</span>}
      </div>
    </form>
  );
}

function Rating({ id, score, mayRate }: { id: string; score: number | null; mayRate: boolean }) {
  const { ticket: texts } = useMineTexts();
  const rate = useMutation({
    mutationFn: (chosen: number) => client.desk.mine.rate({ id, score: chosen }),
    onSuccess: refresh,
  });
  if (score !== null) return <p className="v-quiet">{texts.thanks}</p>;
  if (!mayRate) return null;
  return (
    <fieldset className="v-mine-rating">
      <legend>{texts.rate}</legend>
      {texts.scores.map((label, place) => (
        <ActionButton key={label} busy={rate.isPending} onClick={() => rate.mutate(place + 1)}>
          {label}
        </ActionButton>
      ))}
    </fieldset>
  );
}
