import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowRight, IconDots, IconUserCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { TicketState } from '#contract/desk.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { KbdHint } from '#web/ui/kbd-hint.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { adoptSheet } from './sheet-queries.ts';
import { usualStep } from './step.ts';
import { useStep } from './use-step.tsx';
import { useWorkTexts } from './work-texts.ts';

/** Keys of the steps that one takes many times a day. */
const keysOf: Partial<Record<TicketState, string>> = { resolved: 'r', in_progress: 'b', waiting: 'w', approval: 'a' };

/** What can be done with a request, a problem or a change: its next step, taking it, and the other steps. */
export function SheetActions({ sheet }: { sheet: TicketSheet }) {
  const { step: texts } = useWorkTexts();
  const { actions, keysTitle } = useDeskTexts();
  const { person } = useMe();
  const refusal = useRefusal('desk.write');
  const steps = useStep(sheet);
  const take = useMutation({
    mutationFn: () => client.desk.tickets.edit({ id: sheet.id, assigneeId: person.id }),
    onSuccess: adoptSheet,
  });
  const first = usualStep(sheet.moves, sheet.state);
  const others = sheet.moves.filter((state) => state !== first);
  const isOver = sheet.state === 'resolved' || sheet.state === 'cancelled';
  const mayTake = !isOver && sheet.assignee?.id !== person.id;
  const bindings = sheet.moves.flatMap((state) => {
    const keys = keysOf[state];
    return keys === undefined ? [] : [{ keys, label: texts.verbs[state], run: () => steps.take(state) }];
  });
  const mine = { keys: 'm', label: actions.takeIt, run: () => take.mutate() };
  useKeys(keysTitle, refusal === undefined ? [...bindings, ...(mayTake ? [mine] : [])] : []);
  return (
    <>
      {first !== undefined && (
        <ActionButton
          main
          icon={<IconArrowRight size={15} />}
          refusal={refusal}
          busy={steps.busy}
          {...(keysOf[first] === undefined ? {} : { keys: keysOf[first] })}
          onClick={() => steps.take(first)}
        >
          {texts.verbs[first]}
        </ActionButton>
      )}
      {mayTake && (
        <ActionButton
          icon={<IconUserCheck size={15} />}
          refusal={refusal}
          busy={take.isPending}
          keys="m"
          onClick={() => take.mutate()}
        >
          {actions.takeIt}
        </ActionButton>
      )}
      {others.length > 0 && refusal === undefined && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={30} variant="default" aria-label={texts.more} title={texts.more}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((state) => (
              <Menu.Item
                key={state}
                rightSection={keysOf[state] === undefined ? null : <KbdHint keys={keysOf[state]} />}
                onClick={() => steps.take(state)}
              >
                {texts.verbs[state]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {steps.dialog}
    </>
  );
}
