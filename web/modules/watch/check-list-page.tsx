import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconBellOff, IconPlayerPause, IconPlayerPlay, IconPlus, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Check } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListPage, type BulkAction } from '#web/ui/list/list-page.tsx';
import { useCheckColumns } from './check-columns.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { checksQuery, kindsQuery } from './watch-queries.ts';
import { useWatchTexts } from './watch-texts.ts';

export const loader = () => Promise.all([ready(checksQuery()), ready(kindsQuery())]);

/** What can be done to many checks; each is asked for by itself, so one refusal does not stop the others. */
function useCheckBulk(onSilence: (checks: readonly Check[]) => void): BulkAction<Check>[] {
  const texts = useWatchTexts();
  const mayWrite = useRefusal('watch.write');
  const mayAct = useRefusal('watch.act');
  const run = useMutation({
    mutationFn: (checks: readonly Check[]) =>
      Promise.all(checks.map((check) => client.watch.checks.runNow({ id: check.id }))),
    onSuccess: (results) => notifications.show({ message: texts.ran(results.length) }),
  });
  const pause = useMutation({
    mutationFn: ({ checks, paused }: { checks: readonly Check[]; paused: boolean }) =>
      Promise.all(checks.map((check) => client.watch.checks.change({ id: check.id, paused }))),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.watch.checks.key() }),
  });
  return [
    {
      name: 'run',
      title: texts.actions.run,
      icon: <IconRefresh size={15} />,
      run: (checks) => run.mutate(checks),
      refusal: () => mayAct,
    },
    {
      name: 'silence',
      title: texts.actions.silence,
      icon: <IconBellOff size={15} />,
      run: onSilence,
      refusal: () => mayAct,
    },
    {
      name: 'pause',
      title: texts.actions.pause,
      icon: <IconPlayerPause size={15} />,
      run: (checks) => pause.mutate({ checks, paused: true }),
      refusal: () => mayWrite,
    },
    {
      name: 'resume',
      title: texts.actions.resume,
      icon: <IconPlayerPlay size={15} />,
      run: (checks) => pause.mutate({ checks, paused: false }),
      refusal: () => mayWrite,
    },
  ];
}

/** Everything watched, worst first, live. */
export function CheckListPage() {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const { data } = useSuspenseQuery(checksQuery());
  const kinds = useQuery(kindsQuery()).data?.items ?? [];
  const refusal = useRefusal('watch.write');
  const [silencing, setSilencing] = useState<readonly Check[]>([]);
  return (
    <>
      <ListPage
        name="checks"
        title={texts.title}
        columns={useCheckColumns(kinds)}
        rows={data.items}
        idOf={(check) => check.id}
        nameOf={(check) => `${check.name} – ${check.target.name}`}
        hrefOf={(check) => paths.check(check.id)}
        onEdit={(check) => void navigate(paths.checkSettings(check.id))}
        views={[
          { title: texts.views.all, filter: '' },
          { title: texts.views.problems, filter: 'state:down,unreachable,degraded,unknown' },
        ]}
        usualSort="state"
        bulk={useCheckBulk(setSilencing)}
        actions={
          <>
            <ActionButton to={paths.checkNew()} refusal={refusal}>
              {texts.checkNew.title}
            </ActionButton>
            <ActionButton main to={paths.watchAdd()} icon={<IconPlus size={15} />} refusal={refusal}>
              {texts.add}
            </ActionButton>
          </>
        }
        empty={
          <EmptyState
            title={texts.empty.title}
            action={
              <ActionButton main to={paths.watchAdd()} refusal={refusal}>
                {texts.add}
              </ActionButton>
            }
          >
            {texts.empty.text}
          </EmptyState>
        }
      />
      {silencing.length > 0 && (
        <SilenceDialog checkIds={silencing.map((check) => check.id)} onClose={() => setSilencing([])} />
      )}
    </>
  );
}
