import { useEffect, useRef, useState } from 'react';
import type { Proposal } from '#contract/watch.ts';
import { client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';

/** How a look at an address goes; proposals come while it lasts. */
export interface Look {
  state: 'idle' | 'looking' | 'ended' | 'refused';
  done: number;
  of: number;
  at: string;
  proposals: readonly Proposal[];
  addresses: number;
  /** So many answered that are watched already. */
  watched: number;
  /** Why it was refused, in the reader's language. */
  refusal: string | undefined;
}

const nothing: Look = {
  state: 'idle',
  done: 0,
  of: 0,
  at: '',
  proposals: [],
  addresses: 0,
  watched: 0,
  refusal: undefined,
};

async function follow(what: string, signal: AbortSignal, show: (change: (look: Look) => Look) => void): Promise<void> {
  try {
    for await (const step of await client.watch.look({ what }, { signal })) {
      if (step.step === 'looking') {
        const { done, of, at } = step;
        show((look) => ({ ...look, done, of, at }));
      } else if (step.step === 'proposal') {
        show((look) => ({ ...look, proposals: [...look.proposals, step.proposal] }));
      } else {
        show((look) => ({ ...look, state: 'ended', addresses: step.addresses, watched: step.watched }));
      }
    }
    // A stream that ends without saying so was stopped by the person, who keeps what was found.
    show((look) => (look.state === 'looking' ? { ...look, state: 'ended', addresses: look.done } : look));
  } catch (error) {
    const stopped = signal.aborted;
    show((look) =>
      stopped
        ? { ...look, state: 'ended', addresses: look.done }
        : { ...look, state: 'refused', refusal: sentenceOf(error).text },
    );
  }
}

/** Looks at a name, an address, a URL or a network; a new look stops the one before. */
export function useLook(): { look: Look; start: (what: string) => void; stop: () => void } {
  const [look, setLook] = useState<Look>(nothing);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  return {
    look,
    start: (what) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      setLook({ ...nothing, state: 'looking' });
      void follow(what, mine.signal, (change) => {
        if (running.current === mine) setLook(change);
      });
    },
    stop: () => running.current?.abort(),
  };
}
