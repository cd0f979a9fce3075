import { useKeptText } from '#web/ui/form/use-kept-text.ts';

/** The solution somebody chose for an incident, until it is resolved: the resolution form counts it as used. */
export function useChosenSolution(ticketId: string): { id: string | undefined; choose: (solutionId: string) => void } {
  const kept = useKeptText(`solution.${ticketId}`);
  return { id: kept.text === '' ? undefined : kept.text, choose: kept.change };
}
