/** A solution as far as a resolution may count it. */
export interface KnownSolution {
  readonly id: string;
  readonly runbookId: string | null;
  readonly thingId: string | null;
}

/** How an incident ended. */
export interface Ending {
  readonly causeId: string | null;
  /** The solution that the person named, if any. */
  readonly solutionId: string | null;
  /** Runs on the incident, oldest first. */
  readonly runs: readonly { readonly runbookId: string; readonly state: string }[];
}

/** What is learnt: which solutions worked, which did not, and whether a new one is worth drafting. */
export interface Lesson {
  readonly worked: readonly string[];
  readonly failed: readonly string[];
  readonly draft: boolean;
  /** The runbook that brought the remedy: the named solution's, else the last one that succeeded. */
  readonly runbookId: string | null;
}

/**
 * Learns from a resolved incident. A solution worked when the person named it, or when its runbook brought the remedy
 * on the same thing (or on any, if the solution is tied to none). It failed when its runbook ran but was not that one.
 */
export function lessonOf(ending: Ending, known: readonly KnownSolution[]): Lesson {
  const named = known.find(({ id }) => id === ending.solutionId) ?? null;
  const succeeded = ending.runs.findLast(({ state }) => state === 'succeeded')?.runbookId ?? null;
  const runbookId = named?.runbookId ?? succeeded;
  const fits = ({ thingId }: KnownSolution): boolean => thingId === null || thingId === ending.causeId;
  const ran = new Set(ending.runs.map((run) => run.runbookId));
  const worked = known
    .filter((one) => one === named || (one.runbookId !== null && one.runbookId === runbookId && fits(one)))
    .map(({ id }) => id);
  const failed = known
    .filter((one) => one.runbookId !== null && ran.has(one.runbookId) && fits(one) && !worked.includes(one.id))
    .map(({ id }) => id);
  return { worked, failed, draft: worked.length === 0, runbookId };
}
