import type { ReactNode } from 'react';
import { Time } from './time.tsx';
import type { StateName } from './state.ts';
import { useUi } from './words.ts';
import './story.css';

/** One event of a thing's story: when, who, what, and the proof underneath. */
export interface StoryEvent {
  id: string;
  at: string | Date;
  /** Begins the sentence ("Alice commented"); left out for what the product saw by itself. */
  who?: string;
  /** Ends it, where the text is a sentence of its own ("Host added. Alice"). */
  by?: string;
  icon?: ReactNode;
  /** Colours the mark when the event is a change of state. */
  state?: StateName;
  text: ReactNode;
  /** Output, a comment's body, a link to the run. */
  proof?: ReactNode;
}

/** The story of a thing; the caller gives the order, newest first where one looks first. */
export function Story({ label, events }: { label: string; events: readonly StoryEvent[] }) {
  const { words } = useUi();
  if (events.length === 0) return <p className="v-quiet">{words.story.empty}</p>;
  return (
    <ol className="v-story" aria-label={label}>
      {events.map((event) => (
        <li key={event.id} className="v-story-event">
          <span className="v-story-mark" data-state={event.state} aria-hidden="true">
            {event.icon}
          </span>
          <div className="v-story-main">
            <div className="v-story-line">
              <span className="v-story-text">
                {event.who !== undefined && <strong>{event.who} </strong>}
                {event.text}
                {event.by !== undefined && <span className="v-quiet"> {event.by}</span>}
              </span>
              <span className="v-story-at">
                <Time at={event.at} show="clock" />
              </span>
            </div>
            {event.proof !== undefined && <div className="v-story-proof">{event.proof}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
