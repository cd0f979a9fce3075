import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { TicketState } from '#contract/desk.ts';
import { waitingFor as waitingWord, type TicketMove, type TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useUi } from '#web/ui/words.ts';
import { adoptSheet } from './sheet-queries.ts';
import { owedBy, type Owed } from './step.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

interface StepDialogProps {
  readonly sheet: TicketSheet;
  readonly to: TicketState;
  readonly onClose: () => void;
}

interface Said {
  readonly reason: string;
  readonly waitingFor: NonNullable<TicketMove['waitingFor']>;
  readonly causeText: string;
  readonly remedyText: string;
}

function moveOf(to: TicketState, owed: Owed, { reason, waitingFor, causeText, remedyText }: Said): TicketMove {
  if (owed === 'waiting') return { to, reason, waitingFor };
  return owed === 'resolution' ? { to, reason: '', causeText, remedyText } : { to, reason };
}

function isOwing(owed: Owed, { reason, causeText, remedyText }: Said): boolean {
  if (owed === 'reason') return reason.trim() === '';
  return owed === 'resolution' && (causeText.trim() === '' || remedyText.trim() === '');
}

/** Asks what a step to another state owes: for whom one waits, why, or what it was. */
export function StepDialog({ sheet, to, onClose }: StepDialogProps) {
  const { step: texts } = useWorkTexts();
  const { words } = useUi();
  const owed = owedBy(sheet.kind, sheet.state, to);
  const [said, setSaid] = useState<Said>({
    reason: '',
    waitingFor: 'requester',
    causeText: sheet.causeText,
    remedyText: sheet.remedyText,
  });
  const set = (change: Partial<Said>): void => setSaid((before) => ({ ...before, ...change }));
  const act = async (): Promise<void> => {
    if (isOwing(owed, said)) throw new Error(texts.needed);
    await adoptSheet(await spoken(client.desk.tickets.move({ id: sheet.id, ...moveOf(to, owed, said) })));
  };
  return (
    <ConfirmDialog
      opened
      title={`${texts.title} – ${words.phases[to]}`}
      verb={texts.verbs[to].replace('…', '')}
      onConfirm={act}
      onClose={onClose}
    >
      <Fields owed={owed} isChange={sheet.kind === 'change' && to === 'resolved'} said={said} set={set} />
    </ConfirmDialog>
  );
}

interface FieldsProps {
  readonly owed: Owed;
  readonly isChange: boolean;
  readonly said: Said;
  readonly set: (change: Partial<Said>) => void;
}

function Fields({ owed, isChange, said, set }: FieldsProps) {
  const { step: texts } = useWorkTexts();
  const { waits } = useTicketTexts();
  const long = { autosize: true, minRows: 3, maxRows: 12, mt: 'sm', maxLength: 5_000 } as const;
  if (owed === 'resolution')
    return (
      <>
        <Textarea
          {...long}
          label={texts.cause}
          data-autofocus
          required
          value={said.causeText}
          onChange={(event) => set({ causeText: event.currentTarget.value })}
        />
        <Textarea
          {...long}
          label={texts.remedy}
          required
          value={said.remedyText}
          onChange={(event) => set({ remedyText: event.currentTarget.value })}
        />
      </>
    );
  return (
    <>
      {owed === 'waiting' && (
        <NativeSelect
          label={texts.waitingFor}
          value={said.waitingFor}
          data={waitingWord.options.map((value) => ({ value, label: waits[value] }))}
          onChange={(event) => set({ waitingFor: waitingWord.parse(event.currentTarget.value) })}
        />
      )}
      <Textarea
        {...long}
        label={isChange ? texts.review : texts.reason}
        description={texts.reasonHelp}
        data-autofocus
        required={owed === 'reason'}
        maxLength={2_000}
        value={said.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </>
  );
}
