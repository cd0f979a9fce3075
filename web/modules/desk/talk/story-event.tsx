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
import type { ComponentType } from 'react';
import { Link } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import type { StoryEvent } from '#web/ui/story.tsx';
import { paths } from '#web/paths.ts';

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

/** An event of a ticket as a story shows it. */
export function storyEvent(event: Happening, wrote: string): StoryEvent {
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
