import { useMutation } from '@tanstack/react-query';
import { IconBan, IconBolt, IconCheck, IconPlayerStop, IconRepeat, IconWriting } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Run } from '#contract/upkeep.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { paths } from '#web/paths.ts';
import { isGoing } from './run-order.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runQuery } from './upkeep-queries.ts';

/** Takes the answer as the run that now stands. */
function adopt(run: Run): void {
  queryClient.setQueryData(runQuery(run.id).queryKey, run);
  void queryClient.invalidateQueries({ queryKey: api.upkeep.runs.list.key() });
}

type Asking = 'refuse' | 'emergency' | 'stop' | 'review';

interface Offer {
  name: string;
  label: string;
  keys: string;
  icon: ReactNode;
  refusal: string | undefined;
  main?: boolean;
  busy?: boolean;
  run: () => void;
}

/** While it waits for agreement: agree, refuse, or not wait. */
function useApprovalOffers(run: Run, ask: (what: Asking) => void): readonly Offer[] {
  const { run: texts } = useUpkeepTexts();
  const { person } = useMe();
  const mayApprove = useRefusal('upkeep.approve');
  const mayRun = useRefusal('upkeep.run');
  const approve = useMutation(api.upkeep.runs.approve.mutationOptions({ onSuccess: adopt }));
  return [
    {
      name: 'approve',
      label: texts.approve,
      keys: 'a',
      icon: <IconCheck size={15} />,
      refusal: mayApprove ?? (run.proposedBy.id === person.id ? texts.own : undefined),
      main: true,
      busy: approve.isPending,
      // The hash binds the approval to what is on the screen: a plan that changed meanwhile is refused.
      run: () => approve.mutate({ id: run.id, planHash: run.planHash }),
    },
    {
      name: 'refuse',
      label: texts.refuse,
      keys: 'r',
      icon: <IconBan size={15} />,
      refusal: mayApprove,
      run: () => ask('refuse'),
    },
    {
      name: 'emergency',
      label: texts.emergency,
      keys: '!',
      icon: <IconBolt size={15} />,
      refusal: mayRun,
      run: () => ask('emergency'),
    },
  ];
}

/** While it goes: stop it. Afterwards: review an emergency, propose it again. */
function useLaterOffers(run: Run, ask: (what: Asking) => void): readonly Offer[] {
  const { run: texts } = useUpkeepTexts();
  const navigate = useNavigate();
  const { person } = useMe();
  const mayApprove = useRefusal('upkeep.approve');
  const mayRun = useRefusal('upkeep.run');
  const incident = run.incidentId === null ? {} : { incident: run.incidentId };
  const again: Offer = {
    name: 'again',
    label: texts.again,
    keys: 'p',
    icon: <IconRepeat size={15} />,
    refusal: mayRun,
    run: () => void navigate(paths.runNew({ runbook: run.runbook.id, host: run.host.id, ...incident, again: run.id })),
  };
  const stop: Offer = {
    name: 'stop',
    label: texts.stop,
    keys: 's',
    icon: <IconPlayerStop size={15} />,
    refusal: mayRun,
    busy: run.state === 'stopping',
    run: () => ask('stop'),
  };
  const review: Offer = {
    name: 'review',
    label: texts.review,
    keys: 'v',
    icon: <IconWriting size={15} />,
    refusal: mayApprove ?? (run.emergency?.by.id === person.id ? texts.ownReview : undefined),
    main: true,
    run: () => ask('review'),
  };
  const toReview = run.emergency !== null && run.emergency.reviewedBy === null;
  const going = isGoing(run.state);
  return [...(going ? [stop] : []), ...(toReview ? [review] : []), ...(going ? [] : [again])];
}

/** Buttons and keys of a run, with the questions that some of them ask first. */
export function RunActions({ run }: { run: Run }) {
  const { run: texts } = useUpkeepTexts();
  const [asking, setAsking] = useState<Asking>();
  const before = useApprovalOffers(run, setAsking);
  const after = useLaterOffers(run, setAsking);
  const offers = run.state === 'waiting_approval' ? before : after;
  useKeys(
    texts.keys,
    offers.map((offer) => ({
      keys: offer.keys,
      label: offer.label,
      run: () => offer.refusal === undefined && offer.run(),
    })),
  );
  return (
    <>
      {offers.map((offer) => (
        <ActionButton
          key={offer.name}
          icon={offer.icon}
          keys={offer.keys}
          main={offer.main ?? false}
          busy={offer.busy ?? false}
          refusal={offer.refusal}
          onClick={offer.run}
        >
          {offer.label}
        </ActionButton>
      ))}
      {asking !== undefined && <Question run={run} asking={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Question({ run, asking, onClose }: { run: Run; asking: Asking; onClose: () => void }) {
  const { run: texts } = useUpkeepTexts();
  const { id } = run;
  const shared = { onClose, onDone: adopt, keptName: `${asking}.${id}` };
  switch (asking) {
    case 'refuse':
      return (
        <ReasonDialog
          {...shared}
          title={texts.refuseTitle}
          label={texts.reason}
          help={texts.reasonHelp}
          needed={texts.reasonNeeded}
          verb={texts.refuseVerb}
          send={(reason) => client.upkeep.runs.refuse({ id, reason })}
        />
      );
    case 'emergency':
      return (
        <ReasonDialog
          {...shared}
          title={texts.emergencyTitle}
          lead={texts.emergencyText}
          label={texts.reason}
          needed={texts.reasonNeeded}
          verb={texts.emergencyVerb}
          send={(reason) => client.upkeep.runs.declareEmergency({ id, reason })}
        />
      );
    case 'review':
      return (
        <ReasonDialog
          {...shared}
          title={texts.reviewTitle}
          lead={run.emergency?.reason ?? ''}
          label={texts.reviewNote}
          verb={texts.reviewVerb}
          send={(note) => client.upkeep.runs.review({ id, note })}
        />
      );
    default:
      return (
        <ReasonDialog
          {...shared}
          title={texts.stopTitle}
          lead={texts.stopText}
          verb={texts.stopVerb}
          send={() => client.upkeep.runs.stop({ id })}
        />
      );
  }
}
