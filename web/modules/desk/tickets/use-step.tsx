import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TicketState } from '#contract/desk.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useUi } from '#web/ui/words.ts';
import { adoptSheet } from './sheet-queries.ts';
import { StepDialog } from './step-dialog.tsx';
import { owedBy } from './step.ts';
import { useWorkTexts } from './work-texts.ts';

interface Steps {
  /** Takes the step at once, or asks first for what it owes. */
  readonly take: (to: TicketState) => void;
  readonly busy: boolean;
  /** To be shown somewhere on the page. */
  readonly dialog: ReactNode;
}

/** Brings a ticket into another state. `onEnd` is told when nothing is asked any more. */
export function useStep(sheet: TicketSheet, onEnd?: () => void): Steps {
  const { step } = useWorkTexts();
  const { words } = useUi();
  const [asks, setAsks] = useState<TicketState>();
  const move = useMutation({
    mutationFn: (to: TicketState) => client.desk.tickets.move({ id: sheet.id, to }),
    onSuccess: async (moved) => {
      await adoptSheet(moved);
      notifications.show({ message: step.done(words.phases[moved.state]) });
    },
    onSettled: () => onEnd?.(),
  });
  return {
    take: (to) => (owedBy(sheet.kind, sheet.state, to) === 'nothing' ? move.mutate(to) : setAsks(to)),
    busy: move.isPending,
    dialog: asks !== undefined && (
      <StepDialog
        sheet={sheet}
        to={asks}
        onClose={() => {
          setAsks(undefined);
          onEnd?.();
        }}
      />
    ),
  };
}
