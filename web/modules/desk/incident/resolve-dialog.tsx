import { Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketWhole } from '#contract/desk.ts';
import type { Run } from '#contract/upkeep.ts';
import { api } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { useUi } from '#web/ui/words.ts';
import { useChosenSolution } from './chosen-solution.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { prefillResolution } from './resolution.ts';
import { suggestionsQuery } from '../tickets/ticket-queries.ts';
import { adoptTicket } from '../tickets/use-ticket-acts.ts';
import '#web/ui/form/form.css';
import '../desk.css';

interface ResolveDialogProps {
  ticket: TicketWhole;
  /** Newest first. */
  runs: readonly Run[];
  onClose: () => void;
}

/** What the form holds: prefilled from what is known, kept while it is not sent. */
function useResolution({ ticket, runs, onClose }: ResolveDialogProps) {
  const texts = useDeskTexts();
  const suggested = useQuery(suggestionsQuery(ticket.id)).data?.items.map(({ solution }) => solution) ?? [];
  const chosen = useChosenSolution(ticket.id);
  const start = prefillResolution({ ticket, runs, suggested, chosenId: chosen.id, byRun: texts.resolve.byRun });
  const cause = useKeptText(`resolve.cause.${ticket.id}`, start.causeText);
  const remedy = useKeptText(`resolve.remedy.${ticket.id}`, start.remedyText);
  const [picked, setPicked] = useState<string>();
  const [tried, setTried] = useState(false);
  const solutionId = picked ?? start.solutionId ?? '';
  const resolve = useMutation({
    ...api.desk.tickets.resolve.mutationOptions({
      onSuccess: (resolved) => {
        cause.drop();
        remedy.drop();
        adoptTicket(resolved);
        notifications.show({ message: texts.told.resolved });
        onClose();
      },
    }),
    meta: { quiet: true },
  });
  const send = (): void => {
    setTried(true);
    if (cause.text.trim() === '' || remedy.text.trim() === '' || resolve.isPending) return;
    resolve.mutate({
      id: ticket.id,
      causeText: cause.text,
      remedyText: remedy.text,
      solutionId: solutionId === '' ? null : solutionId,
    });
  };
  const refused: Record<string, string> = resolve.isError ? formErrorsOf(resolve.error) : {};
  const missing = (text: string): string | undefined =>
    tried && text.trim() === '' ? texts.resolve.needed : undefined;
  return {
    suggested,
    cause,
    remedy,
    solutionId,
    pick: setPicked,
    send,
    busy: resolve.isPending,
    general: refused[''],
    causeError: missing(cause.text) ?? refused['causeText'],
    remedyError: missing(remedy.text) ?? refused['remedyText'],
  };
}

/** A person agrees that it is over, with cause and remedy; the report and the solution come out of it. */
export function ResolveDialog(props: ResolveDialogProps) {
  const { ticket, onClose } = props;
  const { resolve: texts } = useDeskTexts();
  const { words } = useUi();
  const form = useResolution(props);
  const refusal = useRefusal('desk.write');
  const onKeyDown = (event: { key: string; ctrlKey: boolean; metaKey: boolean }): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.send();
  };
  const field = { autosize: true, minRows: 2, maxRows: 10, maxLength: 5000, onKeyDown } as const;
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={<strong>{texts.title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          form.send();
        }}
      >
        <Standing ticket={ticket} problem={form.general} />
        <Textarea
          {...field}
          data-autofocus=""
          label={texts.cause}
          description={texts.causeHelp}
          value={form.cause.text}
          error={form.causeError}
          onChange={(event) => form.cause.change(event.currentTarget.value)}
        />
        <Textarea
          {...field}
          label={texts.remedy}
          description={texts.remedyHelp}
          value={form.remedy.text}
          error={form.remedyError}
          onChange={(event) => form.remedy.change(event.currentTarget.value)}
        />
        <NativeSelect
          label={texts.solution}
          description={texts.solutionHelp}
          value={form.solutionId}
          onChange={(event) => form.pick(event.currentTarget.value)}
          data={[
            { value: '', label: texts.solutionNew },
            ...form.suggested.map((solution) => ({ value: solution.id, label: solution.title })),
          ]}
        />
        <Group justify="flex-end" gap={8}>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
          <ActionButton main submit busy={form.busy} keys="mod+Enter" refusal={refusal}>
            {texts.verb}
          </ActionButton>
        </Group>
      </form>
    </Modal>
  );
}

/** What was measured, and what still speaks against it. */
function Standing({ ticket, problem }: { ticket: TicketWhole; problem: string | undefined }) {
  const { resolve: texts } = useDeskTexts();
  return (
    <>
      {problem !== undefined && (
        <p className="v-problem-text" role="alert">
          {problem}
        </p>
      )}
      {ticket.openAlertCount > 0 && <p className="v-desk-warning">{texts.stillFailing(ticket.openAlertCount)}</p>}
      {ticket.outageSeconds !== null && (
        <p className="v-desk-none">
          {texts.measured}{' '}
          <strong>
            <Duration ms={ticket.outageSeconds * 1000} />
          </strong>
        </p>
      )}
    </>
  );
}
