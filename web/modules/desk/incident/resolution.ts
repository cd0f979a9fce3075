import type { Ticket } from '#contract/desk.ts';
import type { Solution } from '#contract/logbook.ts';
import type { Run } from '#contract/upkeep.ts';

/** What the resolution form starts with. */
export interface Resolution {
  causeText: string;
  remedyText: string;
  solutionId: string | null;
}

interface Known {
  ticket: Pick<Ticket, 'causeText' | 'remedyText'>;
  /** Newest first. */
  runs: readonly Run[];
  suggested: readonly Solution[];
  /** The solution that somebody chose on the page. */
  chosenId: string | undefined;
  /** Says that a runbook was run on a host. */
  byRun: (runbook: string, host: string) => string;
}

/**
 * Fills in cause and remedy from what is known, so that agreeing is one keystroke: what people wrote comes first, then
 * the solution that was used (chosen on the page, or the one whose runbook went well), then the run itself.
 */
export function prefillResolution({ ticket, runs, suggested, chosenId, byRun }: Known): Resolution {
  const good = runs.find((run) => run.state === 'succeeded');
  const used =
    suggested.find((solution) => solution.id === chosenId) ??
    (good === undefined ? undefined : suggested.find((solution) => solution.runbookId === good.runbook.id));
  const remedyOfRun = good === undefined ? '' : byRun(good.runbook.name, good.host.name);
  return {
    causeText: ticket.causeText || (used?.cause ?? ''),
    remedyText: ticket.remedyText || (used?.remedy ?? remedyOfRun),
    solutionId: used?.id ?? null,
  };
}
