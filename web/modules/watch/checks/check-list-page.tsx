import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Check } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useCheckBulk } from './bulk-actions.tsx';
import { BulkEditDialog } from './bulk-edit-dialog.tsx';
import { useCheckColumns } from './check-columns.tsx';
import { showChecks } from './live-checks.ts';
import { useProfileTexts } from '../profiles/profile-texts.ts';
import { SilenceDialog } from '../calm/silence-dialog.tsx';
import { useSections } from '../use-sections.ts';
import { checksQuery, firstChecksQuery, kindsQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

/** The worst come at once and alone, however many there are; the page fetches the rest. */
export const loader = async () => {
  const held = queryClient.getQueryData(checksQuery().queryKey);
  await Promise.all([held === undefined ? ready(firstChecksQuery()).then(takeFirst) : undefined, ready(kindsQuery())]);
};

/** A list that the first rows are all of needs no second request. */
function takeFirst(first: { items: Check[]; next: string | null; total: number }): void {
  if (first.next === null) queryClient.setQueryData(checksQuery().queryKey, first);
}

const none: readonly never[] = [];

async function removeChecks(checks: readonly Check[], said: (count: number) => string): Promise<void> {
  const { removed } = await client.watch.bulk.remove({ ids: checks.map(({ id }) => id) });
  notifications.show({ message: said(removed) });
  await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
}

/** Everything watched, worst first, live. */
export function CheckListPage() {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const whole = useQuery(checksQuery()).data;
  const first = useQuery({ ...firstChecksQuery(), enabled: false }).data;
  const kinds = useQuery(kindsQuery()).data?.items ?? none;
  const refusal = useRefusal('watch.write');
  const { bulk } = useProfileTexts();
  const [asking, setAsking] = useState<{ what: 'silence' | 'edit' | 'remove'; checks: readonly Check[] }>();
  const ask = (what: 'silence' | 'edit' | 'remove') => (checks: readonly Check[]) => setAsking({ what, checks });
  const close = (): void => setAsking(undefined);
  const chosen = asking?.checks ?? [];
  return (
    <>
      <ListPage
        name="checks"
        title={texts.title}
        neighbours={useSections()}
        columns={useCheckColumns(kinds)}
        rows={(whole ?? first)?.items ?? none}
        total={whole === undefined ? first?.total : undefined}
        idOf={(check) => check.id}
        nameOf={(check) => `${check.name} – ${check.target.name}`}
        hrefOf={(check) => paths.check(check.id)}
        onEdit={(check) => void navigate(paths.checkSettings(check.id))}
        views={[
          { title: texts.views.all, filter: '' },
          { title: texts.views.problems, filter: 'state:down,unreachable,degraded,unknown' },
        ]}
        usualSort="state"
        onSight={(checks) => showChecks(checks, queryClient)}
        bulk={useCheckBulk({ silence: ask('silence'), edit: ask('edit'), remove: ask('remove') })}
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
        empty={whole !== undefined && <NothingWatched refusal={refusal} />}
      />
      {asking?.what === 'silence' && <SilenceDialog checkIds={chosen.map((check) => check.id)} onClose={close} />}
      {asking?.what === 'edit' && <BulkEditDialog checks={chosen} kinds={kinds} onClose={close} />}
      <ConfirmDialog
        opened={asking?.what === 'remove'}
        title={bulk.removeTitle(chosen.length)}
        verb={bulk.removeVerb}
        onConfirm={() => removeChecks(chosen, bulk.removed)}
        onClose={close}
      >
        {bulk.removeText}
      </ConfirmDialog>
    </>
  );
}

function NothingWatched({ refusal }: { refusal: string | undefined }) {
  const texts = useWatchTexts();
  return (
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
  );
}
