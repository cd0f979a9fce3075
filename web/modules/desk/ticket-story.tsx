import { Textarea } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconBan,
  IconBolt,
  IconCheck,
  IconChecks,
  IconFlag,
  IconHandGrab,
  IconHandStop,
  IconMessage,
  IconPencil,
  IconPlayerPlay,
  IconPlugConnected,
  IconRefresh,
  IconRotate,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, type ComponentType } from 'react';
import { Link } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import { api } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { useKeys } from '#web/ui/keys.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Section } from '#web/ui/section.tsx';
import { Story, type StoryEvent } from '#web/ui/story.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from './desk-texts.ts';
import { adoptTicket } from './use-ticket-acts.ts';
import './desk.css';

type Happening = TicketWhole['events'][number];

const icons: Record<Happening['kind'], ComponentType<{ size?: number | string }>> = {
  opened: IconFlag,
  alert_added: IconAlertTriangle,
  alert_cleared: IconCheck,
  acknowledged: IconHandGrab,
  assigned: IconUser,
  comment: IconMessage,
  run_proposed: IconHandStop,
  run_approved: IconCheck,
  run_refused: IconBan,
  run_emergency: IconBolt,
  run_started: IconPlayerPlay,
  run_reattached: IconPlugConnected,
  run_ended: IconChecks,
  proof: IconRefresh,
  solved: IconCheck,
  reopened: IconRotate,
  resolved: IconChecks,
  cause: IconSearch,
  changed: IconPencil,
  moved: IconArrowRight,
};

/** Everything that happened, newest first, with a place to add what one knows. */
export function TicketStory({ ticket }: { ticket: TicketWhole }) {
  const texts = useDeskTexts();
  const events = ticket.events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (b.id < a.id ? -1 : 1));
  return (
    <Section title={texts.story.title}>
      <CommentBox ticketId={ticket.id} />
      <Story label={texts.story.title} events={events.map((event) => storyEvent(event, texts.story.wrote))} />
    </Section>
  );
}

function storyEvent(event: Happening, wrote: string): StoryEvent {
  const Icon = icons[event.kind];
  const isComment = event.kind === 'comment';
  // The event is a sentence of its own, so the name stands before it and not inside.
  const told = isComment ? wrote : event.who.kind === 'person' ? `· ${event.text}` : event.text;
  return {
    id: event.id,
    at: event.at,
    icon: <Icon size={13} />,
    ...(event.who.kind === 'person' ? { who: event.who.name } : {}),
    text:
      event.runId === null ? (
        told
      ) : (
        <Link className="v-link" to={paths.run(event.runId)}>
          {told}
        </Link>
      ),
    ...(event.kind === 'alert_cleared' || event.kind === 'solved' ? { state: 'up' as const } : {}),
    ...(event.kind === 'opened' || event.kind === 'alert_added' || event.kind === 'reopened'
      ? { state: 'down' as const }
      : {}),
    ...(isComment ? { proof: <PlainText text={event.text} /> } : {}),
  };
}

/** A comment in plain text; what is typed stays until it is sent. */
function CommentBox({ ticketId }: { ticketId: string }) {
  const texts = useDeskTexts();
  const refusal = useRefusal('desk.write');
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useKeptText(`comment.${ticketId}`);
  const add = useMutation({
    ...api.desk.tickets.comment.mutationOptions({
      onSuccess: (ticket) => {
        adoptTicket(ticket);
        kept.drop();
      },
    }),
    meta: { quiet: true },
  });
  const send = (): void => {
    if (kept.text.trim() !== '' && refusal === undefined) add.mutate({ id: ticketId, text: kept.text });
  };
  useKeys(texts.story.title, [{ keys: 'c', label: texts.actions.comment, run: () => field.current?.focus() }]);
  return (
    <form
      className="v-desk-comment"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        aria-label={texts.story.commentLabel}
        placeholder={texts.story.placeholder}
        autosize
        minRows={kept.text === '' ? 1 : 3}
        maxRows={12}
        maxLength={20_000}
        value={kept.text}
        {...(refusal === undefined ? {} : { disabled: true, title: refusal })}
        error={add.isError ? sentenceOf(add.error).text : undefined}
        onChange={(event) => kept.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') field.current?.blur();
        }}
      />
      {kept.text !== '' && (
        <div className="v-desk-comment-end">
          <span className="v-quiet">{kept.restored ? texts.story.kept : ''}</span>
          <ActionButton main submit busy={add.isPending} keys="mod+Enter" refusal={refusal}>
            {texts.story.send}
          </ActionButton>
        </div>
      )}
    </form>
  );
}
