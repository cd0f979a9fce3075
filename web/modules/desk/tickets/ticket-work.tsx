import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { SearchPicker, type Pick } from '#web/ui/form/search-picker.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { findTickets } from '../list/find-picks.ts';
import { refreshTicket } from './sheet-queries.ts';
import { TicketLinks } from './ticket-links.tsx';
import { useTicketTexts } from './ticket-texts.ts';
import { TicketTimes } from './ticket-times.tsx';
import { useWorkTexts } from './work-texts.ts';

/** What is done on a ticket beside talking: checklist, links, time, merges and splits with their undoing. */
export function TicketWork({ sheet }: { sheet: TicketSheet }) {
  return (
    <>
      <Checklist sheet={sheet} />
      <TicketLinks sheet={sheet} />
      <TicketTimes sheet={sheet} />
      <Rearrangements sheet={sheet} />
    </>
  );
}

type Item = { id?: string; text: string; done: boolean };

function Checklist({ sheet }: { sheet: TicketSheet }) {
  const { checklist } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const [text, setText] = useState('');
  const items: readonly Item[] = sheet.checklist.map((item) => ({
    id: item.id,
    text: item.text,
    done: item.doneAt !== null,
  }));
  const put = useMutation({
    mutationFn: (next: readonly Item[]) => client.desk.tickets.checklist({ id: sheet.id, items: [...next] }),
    onSuccess: () => refreshTicket(sheet.id),
  });
  const done = items.filter((item) => item.done).length;
  return (
    <Section
      title={checklist.title}
      aside={items.length > 0 && <span className="v-quiet">{checklist.done(done, items.length)}</span>}
    >
      <ul className="v-ticket-checks">
        {sheet.checklist.map((item, at) => (
          <li key={item.id}>
            <Checkbox
              label={item.doneBy === null ? item.text : `${item.text} · ${item.doneBy}`}
              checked={item.doneAt !== null}
              disabled={refusal !== undefined || put.isPending}
              onChange={(event) =>
                put.mutate(
                  items.map((one, place) => (place === at ? { ...one, done: event.currentTarget.checked } : one)),
                )
              }
            />
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          put.mutate([...items, { text: text.trim(), done: false }]);
          setText('');
        }}
      >
        <TextInput
          size="xs"
          aria-label={checklist.add}
          placeholder={checklist.add}
          maxLength={300}
          value={text}
          disabled={refusal !== undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </Section>
  );
}

function Rearrangements({ sheet }: { sheet: TicketSheet }) {
  const { merge } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const lasting = sheet.rearrangements.filter(({ undoneAt }) => undoneAt === null);
  const undo = useMutation({
    mutationFn: (id: string) => client.desk.merges.undo({ id }),
    onSuccess: async () => {
      notifications.show({ message: merge.undone });
      await refreshTicket(sheet.id);
    },
  });
  if (lasting.length === 0) return null;
  return (
    <Section title={merge.title2}>
      <ul className="v-desk-rows">
        {lasting.map((one) => {
          const here = one.to.id === sheet.id;
          const other = here ? one.from.number : one.to.number;
          const words =
            one.kind === 'merge'
              ? here
                ? merge.merged(other, one.messages)
                : merge.away(other)
              : one.kind === 'split'
                ? merge.split(other)
                : merge.moved(other);
          return (
            <li key={one.id} className="v-desk-row">
              <span className="v-desk-row-main">
                {words} <span className="v-quiet">{one.by}</span> <Time at={one.at} />
              </span>
              {refusal === undefined && (
                <ActionIcon
                  size={24}
                  aria-label={`${merge.undo} – ${words}`}
                  title={merge.undo}
                  onClick={() => undo.mutate(one.id)}
                >
                  <IconArrowBackUp size={15} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** Merges a ticket into another, named by its number. */
export function MergeButton({ sheet }: { sheet: TicketSheet }) {
  const { merge } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const [open, setOpen] = useState(false);
  const { picker, messages } = useWorkTexts();
  const { words } = useUi();
  const [into, setInto] = useState<Pick | null>(null);
  const act = async (): Promise<void> => {
    if (into === null) throw new Error(messages.pickOne);
    const { items } = await spoken(client.desk.merges.merge({ ids: [sheet.id], intoId: into.id }));
    await refreshTicket(sheet.id);
    const [made] = items;
    if (made === undefined) return;
    offerUndo(merge.away(made.to.number), words.actions.undo, async () => {
      await client.desk.merges.undo({ id: made.id });
      await refreshTicket(sheet.id);
    });
  };
  return (
    <>
      <ActionButton onClick={() => setOpen(true)} refusal={refusal}>
        {merge.action}
      </ActionButton>
      {open && (
        <ConfirmDialog opened title={merge.title} verb={merge.verb} onConfirm={act} onClose={() => setOpen(false)}>
          <SearchPicker
            label={merge.number}
            focused
            name={`tickets ${sheet.id}`}
            placeholder={picker.ticketHint}
            chosen={into}
            find={findTickets(sheet.id)}
            nothing={picker.nothing}
            onChoose={setInto}
          />
        </ConfirmDialog>
      )}
    </>
  );
}
