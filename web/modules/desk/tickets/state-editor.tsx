import { NativeSelect } from '@mantine/core';
import { ticketState } from '#contract/desk.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import { useUi } from '#web/ui/words.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useStep } from './use-step.tsx';

/** The states into which a ticket may go from here; what a step owes is asked for. */
export function StateEditor({ sheet, onEnd }: { sheet: TicketSheet; onEnd: () => void }) {
  const { facts } = useTicketTexts();
  const { words } = useUi();
  const steps = useStep(sheet, onEnd);
  return (
    <>
      <NativeSelect
        aria-label={facts.state}
        size="xs"
        {...{ autoFocus: true }}
        value={sheet.state}
        disabled={steps.busy}
        data={[sheet.state, ...sheet.moves].map((value) => ({ value, label: words.phases[value] }))}
        onChange={(event) => steps.take(ticketState.parse(event.currentTarget.value))}
        onKeyDown={(event) => event.key === 'Escape' && onEnd()}
      />
      {steps.dialog}
    </>
  );
}
