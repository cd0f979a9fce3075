import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconBellOff, IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import type { Check } from '#contract/watch.ts';
import { FullSection, OddSection } from '#web/shell/advice-sections.tsx';
import { api, client } from '#web/shell/api.ts';
import { AvailabilitySection } from '#web/shell/availability-section.tsx';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { useCalmTexts } from '../calm/calm-texts.ts';
import { CheckCharts } from '../measurements/check-charts.tsx';
import { CheckState } from './check-columns.tsx';
import { CheckFacts } from './check-facts.tsx';
import { CheckHistory, CheckResults } from './check-results.tsx';
import { HeartbeatSection } from './heartbeat-section.tsx';
import { MembersSection } from './members-section.tsx';
import { InheritedSection } from '../profiles/inherited-section.tsx';
import { SilenceDialog } from '../calm/silence-dialog.tsx';
import { checkQuery, historyQuery, kindsQuery, resultsQuery, seriesQuery, silencesQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

export const loader = ({ params }: LoaderFunctionArgs) => {
  const id = params['id'] ?? '';
  return Promise.all([
    ready(checkQuery(id)),
    ready(kindsQuery()),
    ready(seriesQuery(id)),
    ready(resultsQuery(id)),
    ready(historyQuery(id)),
  ]);
};

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.key() });

/** What one may do to a check, with what the screen asks on the way. */
function useCheckActions(check: Check) {
  const texts = useWatchTexts();
  const { id } = check;
  const run = useMutation({
    mutationFn: () => client.watch.checks.runNow({ id }),
    onSuccess: async () => {
      notifications.show({ message: texts.ran(1) });
      await renew();
    },
  });
  const pause = useMutation({
    mutationFn: () => client.watch.checks.change({ id, paused: !check.paused }),
    onSettled: renew,
  });
  const silences = useQuery(silencesQuery()).data?.items ?? [];
  const silence = silences.find((each) => each.checkId === id || each.target?.id === check.target.id);
  const endSilence = useMutation({
    mutationFn: (silenceId: string) => client.watch.silences.end({ id: silenceId }),
    onSettled: renew,
  });
  return { run, pause, silence, endSilence, mayAct: useRefusal('watch.act'), mayWrite: useRefusal('watch.write') };
}

/** One check: how it does, since when, what it measures, what it saw. */
export function CheckPage() {
  const texts = useWatchTexts();
  const { id = '' } = useParams();
  const { data: check } = useSuspenseQuery(checkQuery(id));
  const { data: kinds } = useSuspenseQuery(kindsQuery());
  const kind = kinds.items.find((each) => each.name === check.kind);
  return (
    <ThingPage
      kind={kind?.title ?? check.kind}
      name={check.name}
      state={<CheckState check={check} />}
      lead={
        <>
          {texts.sinceFor} <Duration since={check.since} />
          {' – '}
          {check.because === null ? check.summary || texts.notYet : texts.because(check.because.name)}
        </>
      }
      chips={
        <>
          <ThingChip thing={check.target} />
          {check.because !== null && <ThingChip thing={check.because} />}
        </>
      }
      actions={<CheckActions check={check} />}
      facts={<CheckFacts check={check} kind={kind?.title ?? check.kind} />}
    >
      {check.kind === 'composite' && <MembersSection check={check} />}
      {check.kind === 'heartbeat' && <HeartbeatSection checkId={id} />}
      <CheckCharts check={check} />
      <OddSection checkId={id} />
      <FullSection checkId={id} />
      <AvailabilitySection of="check" id={id} />
      <InheritedSection checkId={id} kindName={check.kind} />
      <CheckResults checkId={id} />
      <CheckHistory checkId={id} />
    </ThingPage>
  );
}

function CheckActions({ check }: { check: Check }) {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const actions = useCheckActions(check);
  const { mayAct, mayWrite } = actions;
  const [asking, setAsking] = useState<'silence' | 'remove'>();
  useKeys(check.name, [
    { keys: 'r', label: texts.checkPage.keys.run, run: () => mayAct === undefined && actions.run.mutate() },
    { keys: 'e', label: texts.checkPage.keys.settings, run: () => void navigate(paths.checkSettings(check.id)) },
    { keys: 's', label: texts.checkPage.keys.silence, run: () => mayAct === undefined && setAsking('silence') },
    { keys: 'p', label: texts.checkPage.keys.pause, run: () => mayWrite === undefined && actions.pause.mutate() },
  ]);
  const silence = check.silencedUntil === null ? undefined : actions.silence;
  return (
    <>
      <CheckMenu check={check} actions={actions} onRemove={() => setAsking('remove')} />
      {silence === undefined ? (
        <ActionButton keys="s" icon={<IconBellOff size={15} />} refusal={mayAct} onClick={() => setAsking('silence')}>
          {texts.actions.silence}
        </ActionButton>
      ) : (
        <ActionButton
          icon={<IconBellOff size={15} />}
          refusal={mayAct}
          onClick={() => actions.endSilence.mutate(silence.id)}
        >
          {texts.actions.endSilence}
        </ActionButton>
      )}
      <ActionButton
        main
        keys="r"
        icon={<IconRefresh size={15} />}
        busy={actions.run.isPending}
        refusal={mayAct}
        onClick={() => actions.run.mutate()}
      >
        {texts.actions.run}
      </ActionButton>
      {asking === 'silence' && <SilenceDialog checkIds={[check.id]} onClose={() => setAsking(undefined)} />}
      <ConfirmDialog
        opened={asking === 'remove'}
        title={texts.remove.title(check.name)}
        verb={texts.remove.verb}
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await client.watch.checks.remove({ id: check.id });
          await navigate(paths.watch());
          await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
        }}
      >
        {texts.remove.text}
      </ConfirmDialog>
    </>
  );
}

interface CheckMenuProps {
  check: Check;
  actions: ReturnType<typeof useCheckActions>;
  onRemove: () => void;
}

function CheckMenu({ check, actions, onRemove }: CheckMenuProps) {
  const calm = useCalmTexts();
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const { mayWrite } = actions;
  const forbidden = { disabled: mayWrite !== undefined, title: mayWrite };
  return (
    <>
      <ActionButton to={paths.checkRules(check.id)}>{calm.rules.title}</ActionButton>
      <ActionButton keys="e" onClick={() => void navigate(paths.checkSettings(check.id))}>
        {texts.actions.settings}
      </ActionButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className="v-more" aria-label={texts.actions.more} title={texts.actions.more}>
            <IconDots size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            {...forbidden}
            leftSection={check.paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
            onClick={() => actions.pause.mutate()}
          >
            {check.paused ? texts.actions.resume : texts.actions.pause}
          </Menu.Item>
          <Menu.Item {...forbidden} leftSection={<IconTrash size={15} />} onClick={onRemove}>
            {texts.actions.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
