import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ticketKind } from '#contract/desk.ts';
import type { Message, Rearrangement, TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { SearchPicker, type Pick } from '#web/ui/form/search-picker.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { findTickets } from '../list/find-picks.ts';
import { refreshTicket } from '../tickets/sheet-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

/** Messages that are being chosen; null while nobody chooses. */
export interface MessageChoice {
  readonly ids: ReadonlySet<string> | null;
  readonly begin: () => void;
  readonly end: () => void;
  readonly toggle: (id: string) => void;
}

export function useMessageChoice(): MessageChoice {
  const [ids, setIds] = useState<ReadonlySet<string> | null>(null);
  return {
    ids,
    begin: () => setIds(new Set()),
    end: () => setIds(null),
    toggle: (id) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
  };
}

/** What is done with chosen messages; the server gives them their way back. */
function useCarried(sheet: TicketSheet, onEnd: () => void): (made: Rearrangement) => Promise<void> {
  const { messages: texts } = useWorkTexts();
  const { words } = useUi();
  return async (made) => {
    onEnd();
    await refreshTicket(sheet.id);
    offerUndo(texts.splitDone(made.to.number), words.actions.undo, async () => {
      await client.desk.merges.undo({ id: made.id });
      await refreshTicket(sheet.id);
    });
  };
}

interface BarProps {
  readonly sheet: TicketSheet;
  readonly choice: MessageChoice;
  /** Those that are shown. */
  readonly messages: readonly Message[];
}

/** Begins to choose messages; then what can be done with those that are chosen. */
export function MessageChoiceBar({ sheet, choice, messages }: BarProps) {
  const { messages: texts } = useWorkTexts();
  const { words } = useUi();
  const refusal = useRefusal('desk.write');
  const [asks, setAsks] = useState<'split' | 'move'>();
  const { ids } = choice;
  if (messages.length === 0) return null;
  if (ids === null)
    return (
      <div className="v-message-choose">
        <ActionButton refusal={refusal} onClick={choice.begin}>
          {texts.choose}
        </ActionButton>
      </div>
    );
  const chosen = messages.filter(({ id }) => ids.has(id));
  return (
    <div className="v-message-bar">
      <strong aria-live="polite">{texts.chosen(chosen.length)}</strong>
      {chosen.length > 0 && (
        <>
          <ActionButton onClick={() => setAsks('split')}>{texts.split}</ActionButton>
          <ActionButton onClick={() => setAsks('move')}>{texts.move}</ActionButton>
        </>
      )}
      <ActionButton onClick={choice.end}>{words.actions.cancel}</ActionButton>
      {asks === 'split' && (
        <SplitDialog sheet={sheet} messages={chosen} onEnd={choice.end} onClose={() => setAsks(undefined)} />
      )}
      {asks === 'move' && (
        <MoveDialog sheet={sheet} messages={chosen} onEnd={choice.end} onClose={() => setAsks(undefined)} />
      )}
    </div>
  );
}

interface DialogProps {
  readonly sheet: TicketSheet;
  readonly messages: readonly Message[];
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** The first line of what was said is most of a title. */
function titleOf(messages: readonly Message[]): string {
  const [first] = messages.toSorted((a, b) => a.at.localeCompare(b.at));
  const line = first?.body.split('\n').find((each) => each.trim() !== '');
  return (line ?? '').trim().slice(0, 120);
}

function SplitDialog({ sheet, messages, onEnd, onClose }: DialogProps) {
  const { messages: texts } = useWorkTexts();
  const { kinds } = useTicketTexts();
  const [title, setTitle] = useState(() => titleOf(messages));
  const [kind, setKind] = useState(sheet.kind);
  const carried = useCarried(sheet, onEnd);
  const act = async (): Promise<void> => {
    const messageIds = messages.map(({ id }) => id);
    await carried(await spoken(client.desk.merges.split({ id: sheet.id, messageIds, title, kind })));
  };
  return (
    <ConfirmDialog opened title={texts.splitTitle} verb={texts.splitVerb} onConfirm={act} onClose={onClose}>
      <p className="v-quiet">{texts.splitHelp}</p>
      <TextInput
        label={texts.subject}
        data-autofocus
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NativeSelect
        mt="sm"
        label={texts.kind}
        value={kind}
        data={ticketKind.options.map((value) => ({ value, label: kinds[value] }))}
        onChange={(event) => setKind(ticketKind.parse(event.currentTarget.value))}
      />
    </ConfirmDialog>
  );
}

function MoveDialog({ sheet, messages, onEnd, onClose }: DialogProps) {
  const { messages: texts, picker } = useWorkTexts();
  const [to, setTo] = useState<Pick | null>(null);
  const carried = useCarried(sheet, onEnd);
  const act = async (): Promise<void> => {
    if (to === null) throw new Error(texts.pickOne);
    const messageIds = messages.map(({ id }) => id);
    await carried(await spoken(client.desk.messages.take({ id: sheet.id, messageIds, toId: to.id })));
  };
  return (
    <ConfirmDialog opened title={texts.moveTitle} verb={texts.moveVerb} onConfirm={act} onClose={onClose}>
      <p className="v-quiet">{texts.moveHelp}</p>
      <SearchPicker
        label={texts.to}
        focused
        name={`tickets ${sheet.id}`}
        placeholder={picker.ticketHint}
        chosen={to}
        find={findTickets(sheet.id)}
        nothing={picker.nothing}
        onChoose={setTo}
      />
    </ConfirmDialog>
  );
}
