import { ActionIcon, NumberInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { refreshTicket } from './sheet-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

/** What was spent on a ticket, by whom; one's own can be taken back. */
export function TicketTimes({ sheet }: { sheet: TicketSheet }) {
  const { times: texts } = useWorkTexts();
  const { facts } = useTicketTexts();
  const { person } = useMe();
  const refusal = useRefusal('desk.write');
  const remove = useMutation({
    mutationFn: (timeId: string) => client.desk.tickets.unspend({ id: sheet.id, timeId }),
    onSuccess: () => refreshTicket(sheet.id),
  });
  return (
    <Section
      title={texts.title}
      aside={sheet.minutes > 0 && <span className="v-quiet">{facts.minutes(sheet.minutes)}</span>}
    >
      {sheet.times.length === 0 && refusal !== undefined && <p className="v-quiet">{texts.none}</p>}
      {sheet.timeCount > sheet.times.length && (
        <p className="v-quiet">{texts.earlier(sheet.timeCount - sheet.times.length)}</p>
      )}
      {sheet.times.length > 0 && (
        <ul className="v-desk-rows">
          {sheet.times.map(({ id, person: name, minutes, note, at }) => (
            <li key={id} className="v-desk-row">
              <span className="v-desk-row-main">
                {facts.minutes(minutes)} {note}{' '}
                <span className="v-quiet">
                  {name} · <Time at={at} />
                </span>
              </span>
              {name === person.name && refusal === undefined && (
                <ActionIcon size={22} aria-label={texts.remove(minutes)} onClick={() => remove.mutate(id)}>
                  <IconX size={13} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {refusal === undefined && <SpendForm ticketId={sheet.id} />}
    </Section>
  );
}

function SpendForm({ ticketId }: { ticketId: string }) {
  const { times: texts } = useWorkTexts();
  const [minutes, setMinutes] = useState<number | string>('');
  const [note, setNote] = useState('');
  const spend = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.desk.tickets.spend({ id: ticketId, minutes: Number(minutes), note }),
    onSuccess: async () => {
      setMinutes('');
      setNote('');
      await refreshTicket(ticketId);
    },
  });
  return (
    <form
      className="v-desk-spend"
      onSubmit={(event) => {
        event.preventDefault();
        if (Number(minutes) > 0) spend.mutate();
      }}
    >
      <NumberInput
        size="xs"
        aria-label={texts.minutes}
        placeholder={texts.minutes}
        min={1}
        max={6_000}
        allowDecimal={false}
        hideControls
        w={90}
        value={minutes}
        error={spend.isError ? sentenceOf(spend.error).text : undefined}
        onChange={setMinutes}
      />
      <TextInput
        size="xs"
        aria-label={texts.note}
        placeholder={texts.note}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ActionButton submit busy={spend.isPending}>
        {texts.add}
      </ActionButton>
    </form>
  );
}
