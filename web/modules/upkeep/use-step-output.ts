import { useEffect, useRef, useState } from 'react';
import { client } from '#web/shell/api.ts';
import { onOutput } from './output-line.ts';
import { createOutputPuller } from './output-puller.ts';

/** Live events say when something came; this only covers an event that was lost on the way. */
const fallbackMs = 5000;

interface StepOutput {
  text: string;
  /** The server keeps no more than it has. */
  truncated: boolean;
  /** False until the first answer. */
  known: boolean;
}

/** The output of a step as it comes, by byte. `printed` is what the run says it printed: a jump means there is more. */
export function useStepOutput(runId: string, stepId: string, live: boolean, printed: number): StepOutput {
  const [output, setOutput] = useState<StepOutput>({ text: '', truncated: false, known: false });
  const pull = useRef<() => void>(undefined);
  useEffect(() => {
    const left = new AbortController();
    const follow = createOutputPuller({
      fetchFrom: (from) => client.upkeep.runs.output({ id: runId, stepId, from }, { signal: left.signal }),
      onText: (text, piece) => setOutput({ text, truncated: piece.truncated, known: true }),
    });
    // A cut line is told by the frame; the next nudge goes on from the same byte.
    const nudge = (): void => void follow().catch(() => undefined);
    pull.current = nudge;
    nudge();
    const end = onOutput(runId, nudge);
    return () => {
      left.abort();
      end();
    };
  }, [runId, stepId]);
  useEffect(() => {
    if (printed > 0 || !live) pull.current?.();
  }, [printed, live]);
  useEffect(() => {
    if (!live) return undefined;
    const timer = setInterval(() => pull.current?.(), fallbackMs);
    return () => clearInterval(timer);
  }, [live]);
  return output;
}
