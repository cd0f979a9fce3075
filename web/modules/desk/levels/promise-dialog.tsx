import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { priority as priorityWord } from '#contract/desk.ts';
import type { PromiseAccount } from '#contract/desk-levels.ts';
import { api } from '#web/shell/api.ts';
import { PageSkeleton } from '#web/ui/delayed.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useLevelTexts } from './level-texts.ts';

/** Explains the clocks of a ticket day by day, and what would be otherwise. */
export function PromiseDialog({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
  const texts = useLevelTexts();
  const { words } = useUi();
  const [priority, setPriority] = useState('');
  const [until, setUntil] = useState('');
  const shown = useQuery({
    ...api.desk.levels.account.queryOptions({
      input: {
        id: ticketId,
        ...(priority === '' ? {} : { priority: priorityWord.parse(priority) }),
        ...(until === '' ? {} : { pausedUntil: new Date(until).toISOString() }),
      },
    }),
    placeholderData: (before) => before,
  }).data;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<strong>{texts.ticket.title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <fieldset className="v-group v-what-if">
        <legend>{texts.ticket.whatIf}</legend>
        <NativeSelect
          label={texts.ticket.ifPriority}
          value={priority}
          data={[
            { value: '', label: texts.ticket.asIs },
            ...priorityWord.options.map((value) => ({ value, label: texts.priorities[value] })),
          ]}
          onChange={(event) => setPriority(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={texts.ticket.ifPaused}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </fieldset>
      {shown === undefined ? (
        <PageSkeleton label={texts.ticket.title} />
      ) : (
        shown.items.map((account) => <Account key={`${account.goal} ${account.startedAt}`} account={account} />)
      )}
    </Modal>
  );
}

function Account({ account }: { account: PromiseAccount }) {
  const texts = useLevelTexts();
  const { ticket } = texts;
  return (
    <section className="v-promise-account">
      <h3>
        {texts.goals[account.goal]} · {texts.states[account.state]}
      </h3>
      <p>
        {account.dueAt !== null && (
          <>
            {ticket.due} <strong>{<Time at={account.dueAt} show="clock" />}</strong>
            {' · '}
          </>
        )}
        <Duration ms={account.countedSeconds * 1_000} /> / <Duration ms={account.targetSeconds * 1_000} />
      </p>
      <p className="v-quiet">{ticket.by(account.policy, account.calendar, account.timeZone)}</p>
      <Days account={account} />
      {account.pauses.length > 0 && (
        <ul className="v-promise-lines" aria-label={ticket.pauses}>
          {account.pauses.map((pause) => (
            <li key={pause.from}>
              <Time at={pause.from} show="clock" /> –{' '}
              {pause.until === null ? ticket.lasts : <Time at={pause.until} show="clock" />} ·{' '}
              {reasonOf(ticket.reasons, pause.reason)}
            </li>
          ))}
        </ul>
      )}
      {account.steps.length > 0 && (
        <ul className="v-promise-lines" aria-label={ticket.steps}>
          {account.steps.map((step) => (
            <li key={step.id}>
              {step.dueAt !== null && <Time at={step.dueAt} show="clock" />} {ticket.stepAt(step.value, step.at)}{' '}
              {ticket.step[step.act]}
              {step.takenAt !== null && ` · ${ticket.taken}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const reasonOf = (reasons: Readonly<Record<string, string>>, reason: string): string => reasons[reason] ?? reason;

function Days({ account }: { account: PromiseAccount }) {
  const { ticket } = useLevelTexts();
  const { locale } = useUi();
  if (account.days.length === 0) return <p className="v-quiet">{ticket.nothing}</p>;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <>
      <table className="v-promise-days">
        <thead>
          <tr>
            <th scope="col">{ticket.day}</th>
            <th scope="col">{ticket.open}</th>
            <th scope="col">{ticket.paused}</th>
            <th scope="col">{ticket.count}</th>
          </tr>
        </thead>
        <tbody>
          {account.days.map(({ date, openSeconds, pausedSeconds, countedSeconds, holiday }) => (
            <tr key={date}>
              <th scope="row">{day.format(new Date(`${date}T00:00:00Z`))}</th>
              <td>{holiday ?? <Duration ms={openSeconds * 1_000} />}</td>
              <td>{pausedSeconds > 0 && <Duration ms={pausedSeconds * 1_000} />}</td>
              <td>
                <Duration ms={countedSeconds * 1_000} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {account.earlierSeconds > 0 && (
        <p className="v-quiet">{ticket.earlier(`${Math.round(account.earlierSeconds / 60)} min`)}</p>
      )}
    </>
  );
}
