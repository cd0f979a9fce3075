import { useState } from 'react';
import type { TicketPromise } from '#contract/desk-promise.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import { Time } from '#web/ui/time.tsx';
import { useNow } from '#web/ui/clock.ts';
import { useLevelTexts } from './level-texts.ts';
import { PromiseDialog } from './promise-dialog.tsx';
import './levels.css';

/** A promise that ended long ago says nothing any more: of each goal the last one is shown. */
function lastOfEach(promises: readonly TicketPromise[]): TicketPromise[] {
  return promises.filter(({ goal }, place) => promises.findLastIndex((one) => one.goal === goal) === place);
}

/** How a promise looks: only what needs a hand has a colour. */
function toneOf({ state, dueAt }: TicketPromise, now: number): 'broken' | 'paused' | 'quiet' | 'running' {
  if (state === 'missed' || (state === 'running' && dueAt !== null && Date.parse(dueAt) <= now)) return 'broken';
  return state === 'paused' ? 'paused' : state === 'running' ? 'running' : 'quiet';
}

/** The clocks of a ticket; each explains itself. */
export function TicketPromises({ sheet }: { sheet: TicketSheet }) {
  const texts = useLevelTexts();
  const now = useNow();
  const [opened, setOpened] = useState(false);
  if (sheet.promises.length === 0) return null;
  return (
    <div className="v-facts">
      <h2 className="v-section-title">{texts.ticket.title}</h2>
      <ul className="v-promises">
        {lastOfEach(sheet.promises).map((promise) => (
          <li key={promise.goal}>
            <button
              type="button"
              className="v-promise"
              data-tone={toneOf(promise, now)}
              title={texts.ticket.explain}
              onClick={() => setOpened(true)}
            >
              <span>{texts.goals[promise.goal]}</span>
              <span className="v-promise-when">
                {promise.dueAt !== null && promise.state === 'running' ? (
                  <Time at={promise.dueAt} />
                ) : (
                  texts.states[promise.state]
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {opened && <PromiseDialog ticketId={sheet.id} onClose={() => setOpened(false)} />}
    </div>
  );
}
