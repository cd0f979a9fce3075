import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Ticket } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import type { StateName } from '#web/ui/state.ts';
import type { NowItem } from './now-items.ts';
import { useNowTexts } from './now-texts.ts';

/** How one item reads, and what comes next. */
export interface NowRow {
  title: string;
  sub: string;
  to: string;
  /** Colours the kind when it is about something that fails now. */
  state: StateName | undefined;
  /** Nobody cares for it yet. */
  loud: boolean;
  step: { word: string; run: () => void; refusal?: string | undefined; busy?: boolean };
}

/** Takes an incident; the row says so at once and the server's answer settles it. */
function useTake() {
  const texts = useNowTexts();
  return useMutation({
    mutationFn: (ticket: Ticket) => client.desk.tickets.acknowledge({ id: ticket.id }),
    onSuccess: (ticket) => notifications.show({ message: texts.taken(ticket.number) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.desk.key() }),
  });
}

/** Turns items into rows in the reader's language. */
export function useNowRow(): (item: NowItem) => NowRow {
  const texts = useNowTexts();
  const navigate = useNavigate();
  const take = useTake();
  const mayTake = useRefusal('desk.write');
  const go = (to: string) => () => void navigate(to);

  const ofIncident = (ticket: Ticket): NowRow => {
    const to = paths.ticket(ticket.id);
    const free = ticket.state === 'open';
    const holder = ticket.assignee ?? ticket.acknowledgedBy;
    return {
      title: `${texts.incident(ticket.number)} ${ticket.title}`,
      sub: [
        ...(ticket.alertCount > 0 ? [texts.checksFailing(ticket.openAlertCount)] : []),
        holder === null ? texts.nobody : texts.takenBy(holder.name),
      ].join(' · '),
      to,
      // Somebody's wish is no failure.
      state: ticket.kind === 'incident' ? 'down' : undefined,
      loud: free,
      step: free
        ? {
            word: texts.steps.take,
            run: () => take.mutate(ticket),
            refusal: mayTake,
            busy: take.isPending && take.variables.id === ticket.id,
          }
        : { word: texts.steps.open, run: go(to) },
    };
  };

  return (item) => {
    switch (item.kind) {
      case 'incident':
        return ofIncident(item.ticket);
      case 'confirm': {
        const to = paths.ticket(item.id);
        return {
          title: `${texts.incident(item.ticket.number)} ${item.ticket.title}`,
          sub: texts.solved,
          to,
          state: 'up',
          loud: false,
          step: { word: texts.steps.confirm, run: go(to) },
        };
      }
      case 'unknown': {
        const to = paths.watch('state:unknown');
        return {
          title: texts.unknown(item.count),
          sub: texts.unknownWhy,
          to,
          state: 'unknown',
          loud: false,
          step: { word: texts.steps.look, run: go(to) },
        };
      }
      default:
        return { ...ofRun(item, texts), step: { word: stepOfRun(item.kind, texts), run: go(paths.run(item.id)) } };
    }
  };
}

type Texts = ReturnType<typeof useNowTexts>;
type RunItem = Extract<NowItem, { kind: 'approval' | 'manual' | 'review' }>;

function stepOfRun(kind: RunItem['kind'], { steps }: Texts): string {
  return { approval: steps.approve, manual: steps.sign, review: steps.review }[kind];
}

function ofRun({ kind, run }: RunItem, texts: Texts): Omit<NowRow, 'step'> {
  const [runbook, host] = [run.runbook.name, run.host.name];
  const common = { to: paths.run(run.id), state: undefined };
  switch (kind) {
    case 'approval':
      return {
        ...common,
        title: texts.approval(runbook, host),
        sub: texts.proposedBy(run.proposedBy.name),
        loud: true,
      };
    case 'manual':
      return { ...common, title: texts.manual(runbook, host), sub: run.note, loud: true };
    default:
      return {
        ...common,
        title: texts.review(runbook, host),
        sub: run.emergency === null ? '' : texts.declaredBy(run.emergency.by.name, run.emergency.reason),
        loud: false,
      };
  }
}
