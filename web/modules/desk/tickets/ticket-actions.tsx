import { ActionIcon, Menu } from '@mantine/core';
import {
  IconChecks,
  IconDots,
  IconFileText,
  IconHandGrab,
  IconListCheck,
  IconPlayerPlay,
  IconRefresh,
  IconUserCheck,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import type { Permission } from '#contract/permission.ts';
import type { Run } from '#contract/upkeep.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { KbdHint } from '#web/ui/kbd-hint.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { nextSteps, type Step } from '../incident/next-step.ts';
import { useTicketActs } from './use-ticket-acts.ts';

/** One step as the page offers it. */
interface Offer {
  name: string;
  label: string;
  keys: string;
  icon: ReactNode;
  permission: Permission;
  run: () => void;
}

const keysOf: Record<Step, string> = {
  acknowledge: 'a',
  propose: 'p',
  look: 'l',
  follow: 'l',
  prove: 'v',
  resolve: 'r',
  agree: 'r',
  report: 'o',
};
const iconOf: Record<Step, ReactNode> = {
  acknowledge: <IconHandGrab size={15} />,
  propose: <IconListCheck size={15} />,
  look: <IconPlayerPlay size={15} />,
  follow: <IconPlayerPlay size={15} />,
  prove: <IconRefresh size={15} />,
  resolve: <IconChecks size={15} />,
  agree: <IconChecks size={15} />,
  report: <IconFileText size={15} />,
};
const permissionOf: Record<Step, Permission> = {
  acknowledge: 'desk.write',
  propose: 'upkeep.run',
  look: 'upkeep.read',
  follow: 'upkeep.read',
  prove: 'desk.write',
  resolve: 'desk.write',
  agree: 'desk.write',
  report: 'reports.read',
};

/** What the incident's state lets one do, the next step first. */
function useOffers(ticket: TicketWhole, runs: readonly Run[]): readonly Offer[] {
  const texts = useDeskTexts();
  const navigate = useNavigate();
  const { person } = useMe();
  const [, setParams] = useSearchParams();
  const acts = useTicketActs(ticket.id);
  const wanted = runs.find((run) => run.state === 'waiting_approval') ?? runs[0];
  const resolve = (): void =>
    setParams((before) => {
      before.set('do', 'resolve');
      return before;
    });
  const go: Record<Step, () => void> = {
    acknowledge: acts.acknowledge,
    propose: () =>
      void navigate(
        paths.runNew({
          incident: ticket.id,
          ...(ticket.cause?.kind === 'host' ? { host: ticket.cause.id } : {}),
        }),
      ),
    look: () => void (wanted !== undefined && navigate(paths.run(wanted.id))),
    follow: () => void (wanted !== undefined && navigate(paths.run(wanted.id))),
    prove: acts.prove,
    resolve,
    agree: resolve,
    report: () => void navigate(paths.report(ticket.id)),
  };
  const steps = nextSteps({
    state: ticket.state,
    runs: runs.map((run) => run.state),
    isWatched: ticket.alertCount > 0,
  });
  const offers = steps.map((step): Offer => ({
    name: step,
    label: texts.actions[step],
    keys: keysOf[step],
    icon: iconOf[step],
    permission: permissionOf[step],
    run: go[step],
  }));
  if (ticket.state === 'resolved' || ticket.assignee?.id === person.id) return offers;
  const take: Offer = {
    name: 'take',
    label: texts.actions.takeIt,
    keys: 'm',
    icon: <IconUserCheck size={15} />,
    permission: 'desk.write',
    run: () => acts.assign(person.id),
  };
  return [...offers, take];
}

/** The two main actions of the state, the others behind "more", and a key for each. */
export function TicketActions({ ticket, runs }: { ticket: TicketWhole; runs: readonly Run[] }) {
  const texts = useDeskTexts();
  const { permissions } = useMe();
  const offers = useOffers(ticket, runs);
  useKeys(
    texts.keysTitle,
    offers.map((offer) => ({
      keys: offer.keys,
      label: offer.label,
      run: () => permissions.includes(offer.permission) && offer.run(),
    })),
  );
  const others = offers.slice(2);
  return (
    <>
      {offers.slice(0, 2).map((offer, at) => (
        <OfferButton key={offer.name} offer={offer} main={at === 0} />
      ))}
      {others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={30} variant="default" aria-label={texts.actions.more} title={texts.actions.more}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((offer) => (
              <OfferItem key={offer.name} offer={offer} />
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function OfferButton({ offer, main }: { offer: Offer; main: boolean }) {
  return (
    <ActionButton
      main={main}
      icon={offer.icon}
      keys={offer.keys}
      refusal={useRefusal(offer.permission)}
      onClick={offer.run}
    >
      {offer.label}
    </ActionButton>
  );
}

function OfferItem({ offer }: { offer: Offer }) {
  const refusal = useRefusal(offer.permission);
  return (
    <Menu.Item
      leftSection={offer.icon}
      rightSection={<KbdHint keys={offer.keys} />}
      {...(refusal === undefined ? { onClick: offer.run } : { 'data-disabled': true, 'aria-disabled': true })}
      title={refusal}
    >
      {offer.label}
    </Menu.Item>
  );
}
