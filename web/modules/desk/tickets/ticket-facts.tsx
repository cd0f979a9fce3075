import { Link } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { Duration } from '#web/ui/duration.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { adoptTicket } from './use-ticket-acts.ts';

const quiet = (word: string) => <span className="v-quiet">{word}</span>;

type Change = Omit<Parameters<typeof client.desk.tickets.change>[0], 'id'>;

/** What is known of the incident, each part editable in its place until it is resolved. */
export function TicketFacts({ ticket }: { ticket: TicketWhole }) {
  const texts = useDeskTexts();
  const forbidden = useRefusal('desk.write');
  const refusal = ticket.state === 'resolved' ? texts.resolvedAlready : forbidden;
  const change = async (changed: Change): Promise<void> => {
    adoptTicket(await spoken(client.desk.tickets.change({ id: ticket.id, ...changed })));
  };
  const { facts } = texts;
  const editable: readonly Fact[] = [
    {
      name: 'causeText',
      label: facts.causeText,
      shown: ticket.causeText === '' ? quiet(facts.toWrite) : <PlainText text={ticket.causeText} />,
      refusal,
      edit: { kind: 'text', value: ticket.causeText, save: (causeText) => change({ causeText }) },
    },
    {
      name: 'remedyText',
      label: facts.remedyText,
      shown: ticket.remedyText === '' ? quiet(facts.toWrite) : <PlainText text={ticket.remedyText} />,
      refusal,
      edit: { kind: 'text', value: ticket.remedyText, save: (remedyText) => change({ remedyText }) },
    },
  ];
  return <FactsPanel facts={[...editable, ...useMeasuredFacts(ticket)]} />;
}

/** What was measured and cannot be changed. */
function useMeasuredFacts(ticket: TicketWhole): readonly Fact[] {
  const { facts } = useDeskTexts();
  const outage =
    ticket.outageSeconds === null ? (
      <>
        <Duration since={ticket.failingSince} /> <span className="v-quiet">({facts.ongoing})</span>
      </>
    ) : (
      <Duration ms={ticket.outageSeconds * 1000} />
    );
  const byWhom = (at: string | null, name: string | undefined) =>
    at === null ? (
      <span className="v-quiet">{facts.notYet}</span>
    ) : (
      <>
        <Time at={at} show="clock" />
        {name !== undefined && ` ${name}`}
      </>
    );
  return [
    {
      name: 'cause',
      label: facts.cause,
      shown:
        ticket.cause === null ? (
          quiet(facts.unknownCause)
        ) : (
          <Link className="v-link" to={paths.thing(ticket.cause)}>
            {ticket.cause.name}
          </Link>
        ),
    },
    { name: 'failingSince', label: facts.failingSince, shown: <Time at={ticket.failingSince} show="clock" /> },
    ...(ticket.goodSince === null
      ? []
      : [{ name: 'goodSince', label: facts.goodSince, shown: <Time at={ticket.goodSince} show="clock" /> }]),
    ...(ticket.state === 'resolved' && ticket.outageSeconds === null
      ? []
      : [{ name: 'outage', label: facts.outage, shown: <span>{outage}</span> }]),
    {
      name: 'acknowledged',
      label: facts.acknowledged,
      shown: byWhom(ticket.acknowledgedAt, ticket.acknowledgedBy?.name),
    },
    ...(ticket.resolvedAt === null
      ? []
      : [{ name: 'resolved', label: facts.resolved, shown: byWhom(ticket.resolvedAt, ticket.resolvedBy?.name) }]),
  ];
}
