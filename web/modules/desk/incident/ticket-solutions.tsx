import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import type { TicketWhole } from '#contract/desk.ts';
import type { Solution } from '#contract/logbook.ts';
import { api } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { Section } from '#web/ui/section.tsx';
import { paths } from '#web/paths.ts';
import { useChosenSolution } from './chosen-solution.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { suggestionsQuery } from '../tickets/ticket-queries.ts';
import { putIntoDraft } from '../talk/use-draft.ts';
import { adoptTicket } from '../tickets/use-ticket-acts.ts';
import '../desk.css';

/** More than these are no help at two in the morning. */
const mostShown = 3;

interface TicketSolutionsProps {
  ticket: TicketWhole;
  /** Who is helped, if anybody. */
  requester: { readonly name: string } | null;
}

/** Solutions that worked for similar symptoms, best first; one keystroke uses one. */
export function TicketSolutions({ ticket, requester }: TicketSolutionsProps) {
  const texts = useDeskTexts();
  const suggested = useQuery(suggestionsQuery(ticket.id));
  const shown = suggested.data?.items.slice(0, mostShown) ?? [];
  const chosen = useChosenSolution(ticket.id);
  const isAnswer = ticket.kind !== 'incident' && requester !== null;
  const apply = useApplying(ticket, isAnswer, chosen.choose);
  useKeys(
    texts.solutions.title,
    shown.map(({ solution }, at) => ({
      keys: at === 0 ? 'u' : String(at + 1),
      label: texts.solutions.labelOfUse(solution.title),
      run: () => apply.refusal(solution) === undefined && apply.run(solution),
    })),
  );
  if (suggested.data === undefined) return null;
  return (
    <Section title={ticket.kind === 'incident' ? texts.solutions.title : texts.solutions.answers}>
      {shown.length === 0 ? (
        <p className="v-quiet v-desk-none">
          {ticket.kind === 'incident' ? texts.solutions.none : texts.solutions.noAnswers}
        </p>
      ) : (
        <ol className="v-desk-rows">
          {shown.map(({ solution, why }, at) => (
            <li key={solution.id} className="v-desk-row">
              <span className="v-desk-rank v-number" aria-hidden="true">
                {at + 1}
              </span>
              <div className="v-desk-row-main">
                <Link className="v-desk-row-link" to={paths.solution(solution.id)}>
                  {solution.title}
                </Link>
                <div className="v-desk-row-note">{why}</div>
                <Remedy text={solution.remedy} />
                <div className="v-quiet v-desk-small">
                  <Record solution={solution} />
                </div>
              </div>
              <ActionButton
                main={at === 0 && chosen.id === undefined}
                keys={at === 0 ? 'u' : String(at + 1)}
                label={texts.solutions.labelOfUse(solution.title)}
                refusal={apply.refusal(solution)}
                onClick={() => apply.run(solution)}
              >
                {chosen.id === solution.id ? texts.solutions.used : apply.verb(solution)}
              </ActionButton>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Remedy({ text }: { text: string }) {
  return <div className="v-desk-remedy">{text}</div>;
}

/** How often it worked, and what it brings along. */
function Record({ solution }: { solution: Solution }) {
  const { solutions: texts } = useDeskTexts();
  const parts = [
    ...(solution.worked > 0 ? [texts.worked(solution.worked)] : []),
    ...(solution.failed > 0 ? [texts.failed(solution.failed)] : []),
    ...(solution.runbookId === null ? [] : [texts.withRunbook]),
    ...(solution.state === 'draft' ? [texts.draft] : []),
  ];
  return parts.join(' · ');
}

/**
 * A solution with a runbook leads to proposing it; one without fills in cause and remedy, or for somebody who asked
 * for something stands in the answer to them.
 */
function useApplying(ticket: TicketWhole, isAnswer: boolean, choose: (solutionId: string) => void) {
  const texts = useDeskTexts();
  const navigate = useNavigate();
  const mayRun = useRefusal('upkeep.run');
  const mayWrite = useRefusal('desk.write');
  const fill = useMutation(
    api.desk.tickets.change.mutationOptions({
      onSuccess: (changed) => {
        adoptTicket(changed);
        notifications.show({ message: texts.solutions.taken });
      },
    }),
  );
  return {
    verb: (solution: Solution): string =>
      isAnswer && solution.runbookId === null ? texts.solutions.intoAnswer : texts.solutions.use,
    refusal: (solution: Solution): string | undefined => (solution.runbookId === null ? mayWrite : mayRun),
    run: (solution: Solution): void => {
      choose(solution.id);
      if (isAnswer && solution.runbookId === null && putIntoDraft(ticket.id, solution.remedy)) {
        notifications.show({ message: texts.solutions.putIntoAnswer });
        return;
      }
      if (solution.runbookId === null) {
        fill.mutate({ id: ticket.id, causeText: solution.cause, remedyText: solution.remedy });
        return;
      }
      const host = ticket.cause?.kind === 'host' ? { host: ticket.cause.id } : {};
      void navigate(paths.runNew({ incident: ticket.id, runbook: solution.runbookId, ...host }));
    },
  };
}
