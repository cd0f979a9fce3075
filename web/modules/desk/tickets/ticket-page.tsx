import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import type { TicketSheet } from '#contract/desk-words.ts';
import type { Run } from '#contract/upkeep.ts';
import { Chip } from '#web/ui/chip.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useAfterPaint } from '#web/ui/use-after-paint.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { useSeenMentions } from '../list/my-mentions.tsx';
import { ChangePlan } from './change-plan.tsx';
import { RequesterTickets } from './requester-tickets.tsx';
import { ResolveDialog } from '../incident/resolve-dialog.tsx';
import { TicketActions } from './ticket-actions.tsx';
import { TicketChanges } from '../incident/ticket-changes.tsx';
import { TicketEvidence } from '../incident/ticket-evidence.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketImpact } from '../incident/ticket-impact.tsx';
import { TicketLogLines } from '../incident/ticket-log-lines.tsx';
import { ticketQuery, ticketRunsQuery } from './ticket-queries.ts';
import { TicketNotices } from '../incident/ticket-notices.tsx';
import { TicketRuns } from '../incident/ticket-runs.tsx';
import { TicketSolutions } from '../incident/ticket-solutions.tsx';
import { Conversation } from '../talk/conversation.tsx';
import { SheetActions } from './sheet-actions.tsx';
import { sheetQuery } from './sheet-queries.ts';
import { TicketPromises } from '../levels/ticket-promises.tsx';
import { TicketSheetFacts } from './ticket-sheet-facts.tsx';
import { useTicketTexts } from './ticket-texts.ts';
import { MergeButton, TicketWork } from './ticket-work.tsx';
import { UseTemplate } from '../opening/use-template.tsx';
import './work.css';

/** One incident: what failed and for whom, what is known about it, and the next step towards its end. */
export function TicketPage() {
  const { id = '' } = useParams();
  const texts = useDeskTexts();
  const ticket = useSuspenseQuery(ticketQuery(id)).data;
  const runs = useQuery(ticketRunsQuery(id)).data?.items ?? [];
  const [params, setParams] = useSearchParams();
  const closeDialog = (): void =>
    setParams(
      (before) => {
        before.delete('do');
        return before;
      },
      { replace: true },
    );
  const lasting = ticket.state !== 'resolved' && ticket.state !== 'cancelled';
  const { kinds } = useTicketTexts();
  const sheet = useSuspenseQuery(sheetQuery(id)).data;
  const isIncident = ticket.kind === 'incident';
  useSeenMentions(id);
  const drawn = useAfterPaint();
  const solutions = lasting && <TicketSolutions ticket={ticket} requester={sheet.requester} />;
  return (
    <>
      <title>{`${texts.number(ticket.number)} ${ticket.title}`}</title>
      <ThingPage
        kind={`${kinds[ticket.kind]} ${texts.number(ticket.number)}`}
        name={ticket.title}
        state={<PhaseBadge phase={ticket.state} />}
        lead={sheet.mergedInto === null ? isIncident && <Lead ticket={ticket} /> : <MergedInto {...sheet.mergedInto} />}
        {...(sheet.mergedInto === null ? { actions: <Actions ticket={ticket} runs={runs} sheet={sheet} /> } : {})}
        {...(ticket.cause === null ? {} : { chips: <Chip to={paths.thing(ticket.cause)}>{ticket.cause.name}</Chip> })}
        facts={
          <>
            <TicketPromises sheet={sheet} />
            <TicketSheetFacts sheet={sheet} />
            {isIncident && <TicketFacts ticket={ticket} />}
            {drawn && <Nearby ticket={ticket} sheet={sheet} />}
          </>
        }
      >
        {ticket.alertCount > 0 && <IncidentParts {...{ ticket, runs, lasting, solutions }} />}
        {ticket.kind === 'change' && <ChangePlan sheet={sheet} />}
        <Conversation ticketId={ticket.id} />
        {drawn && <Below {...{ ticket, runs, lasting, solutions, sheet }} />}
      </ThingPage>
      {params.get('do') === 'resolve' && lasting && <ResolveDialog ticket={ticket} runs={runs} onClose={closeDialog} />}
    </>
  );
}

function Actions({ ticket, runs, sheet }: { ticket: TicketWhole; runs: readonly Run[]; sheet: TicketSheet }) {
  const lasting = ticket.state !== 'resolved' && ticket.state !== 'cancelled';
  return (
    <>
      {ticket.kind === 'incident' ? <TicketActions ticket={ticket} runs={runs} /> : <SheetActions sheet={sheet} />}
      {lasting && <UseTemplate sheet={sheet} />}
      {ticket.alertCount === 0 && <MergeButton sheet={sheet} />}
    </>
  );
}

function MergedInto({ id, number, title }: { id: string; number: number; title: string }) {
  const { page } = useTicketTexts();
  return <Chip to={paths.ticket(id)}>{page.mergedInto(number, title)}</Chip>;
}

/** What else the requester asked for, and what is around the thing that it is about. */
function Nearby({ ticket, sheet }: { ticket: TicketWhole; sheet: TicketSheet }) {
  return (
    <>
      <RequesterTickets sheet={sheet} />
      {(ticket.kind === 'incident' || ticket.cause !== null) && <Surroundings ticket={ticket} />}
    </>
  );
}

/** Who feels it, and what was changed there before. */
function Surroundings({ ticket }: { ticket: TicketWhole }) {
  return (
    <>
      <TicketImpact cause={ticket.cause} />
      <TicketChanges cause={ticket.cause} before={ticket.openedAt} />
    </>
  );
}

interface IncidentPartsProps {
  ticket: TicketWhole;
  runs: readonly Run[];
  lasting: boolean;
  /** Known answers, in their place. */
  solutions: ReactNode;
}

/** What stands under the story: the work on it, and where no alert put these above it, what helps. */
function Below({ sheet, ...parts }: IncidentPartsProps & { sheet: TicketSheet }) {
  const { ticket, solutions } = parts;
  return (
    <>
      <TicketWork sheet={sheet} />
      {ticket.alertCount === 0 && (ticket.kind === 'incident' ? <IncidentParts {...parts} /> : solutions)}
    </>
  );
}

/** What only an incident has: runs, solutions, the failed checks and who was told. */
function IncidentParts({ ticket, runs, lasting, solutions }: IncidentPartsProps) {
  return (
    <>
      {(runs.length > 0 || lasting) && <TicketRuns runs={runs} />}
      {solutions}
      {ticket.alertCount > 0 && <TicketEvidence ticket={ticket} />}
      <TicketLogLines ticketId={ticket.id} />
      <TicketNotices ticket={ticket} />
    </>
  );
}

/** How long it has lasted, or lasted: the first thing one asks. */
function Lead({ ticket }: { ticket: TicketWhole }) {
  const { lead } = useDeskTexts();
  if (ticket.state === 'resolved') {
    return (
      <>
        {ticket.outageSeconds !== null && (
          <>
            {lead.lasted} <strong>{<Duration ms={ticket.outageSeconds * 1000} />}</strong>
            {', '}
          </>
        )}
        {lead.resolved} {ticket.resolvedAt !== null && <Time at={ticket.resolvedAt} />}{' '}
        {ticket.resolvedBy !== null && lead.by(ticket.resolvedBy.name)}
      </>
    );
  }
  if (ticket.goodSince !== null && ticket.openAlertCount === 0) {
    return (
      <>
        {lead.up} <Duration since={ticket.goodSince} />
        {ticket.outageSeconds !== null && (
          <>
            {'. '}
            {lead.lasted} <strong>{<Duration ms={ticket.outageSeconds * 1000} />}</strong>
          </>
        )}
      </>
    );
  }
  return (
    <>
      {lead.failing}{' '}
      <strong>
        <Duration since={ticket.failingSince} />
      </strong>
      {', '}
      {lead.opened} <Time at={ticket.openedAt} />
    </>
  );
}
