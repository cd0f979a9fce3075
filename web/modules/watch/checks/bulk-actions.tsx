import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { IconBellOff, IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import type { BulkChange } from '#contract/bulk.ts';
import type { Check } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import type { BulkAction } from '#web/ui/list/list-page.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { useProfileTexts } from '../profiles/profile-texts.ts';
import { useWatchTexts } from '../watch-texts.ts';

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });

/** Changes many checks at once, says so, and offers to undo it. */
export function useBulkChange() {
  const { words } = useUi();
  return useMutation({
    mutationFn: ({ changes }: { changes: readonly BulkChange[]; said: (count: number) => string }) =>
      client.watch.bulk.change({ changes: [...changes] }),
    onSuccess: ({ changed, undo }, { said }) =>
      offerUndo(said(changed), words.actions.undo, () => client.watch.bulk.change({ changes: undo }).then(renew)),
    onSettled: renew,
  });
}

/** What can be done to many checks, and what asks first. */
export function useCheckBulk(ask: {
  readonly silence: (checks: readonly Check[]) => void;
  readonly edit: (checks: readonly Check[]) => void;
  readonly remove: (checks: readonly Check[]) => void;
}): BulkAction<Check>[] {
  const texts = useWatchTexts();
  const { bulk } = useProfileTexts();
  const mayWrite = useRefusal('watch.write');
  const mayAct = useRefusal('watch.act');
  const change = useBulkChange();
  const run = useMutation({
    mutationFn: (checks: readonly Check[]) => client.watch.bulk.run({ ids: checks.slice(0, 500).map(({ id }) => id) }),
    onSuccess: ({ ran }) => notifications.show({ message: texts.ran(ran) }),
  });
  const pause = (checks: readonly Check[], paused: boolean): void =>
    change.mutate({
      changes: checks.map(({ id }) => ({ id, paused })),
      said: paused ? bulk.paused : bulk.resumed,
    });
  const write = { refusal: () => mayWrite };
  const act = { refusal: () => mayAct };
  return [
    {
      name: 'run',
      title: texts.actions.run,
      icon: <IconRefresh size={15} />,
      run: (checks) => run.mutate(checks),
      ...act,
    },
    { name: 'silence', title: texts.actions.silence, icon: <IconBellOff size={15} />, run: ask.silence, ...act },
    { name: 'edit', title: bulk.edit, icon: <IconPencil size={15} />, run: ask.edit, ...write },
    {
      name: 'pause',
      title: texts.actions.pause,
      icon: <IconPlayerPause size={15} />,
      run: (checks) => pause(checks, true),
      ...write,
    },
    {
      name: 'resume',
      title: texts.actions.resume,
      icon: <IconPlayerPlay size={15} />,
      run: (checks) => pause(checks, false),
      ...write,
    },
    { name: 'remove', title: bulk.remove, icon: <IconTrash size={15} />, run: ask.remove, ...write },
  ];
}
