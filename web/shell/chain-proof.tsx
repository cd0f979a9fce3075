import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { IconLink } from '@tabler/icons-react';
import { ActionButton } from '#web/ui/action-button.tsx';
import type { api } from './api.ts';
import { sentenceOf } from './refusal-sentence.ts';
import './chain-proof.css';

type ChainState = Awaited<ReturnType<typeof api.people.audit.verify.call>>;

interface ChainProofProps<Failure, Key extends readonly unknown[]> {
  /** Asks for the proof. */
  readonly query: UseQueryOptions<ChainState, Failure, ChainState, Key>;
  readonly texts: {
    readonly verify: string;
    readonly holds: (length: number) => string;
    readonly broken: (at: number) => string;
  };
}

/** Proves on demand that nothing in a record was changed or taken out. */
export function ChainProof<Failure, Key extends readonly unknown[]>({ query, texts }: ChainProofProps<Failure, Key>) {
  // What was proved a moment ago says nothing of now.
  const chain = useQuery({ ...query, enabled: false, staleTime: 0, gcTime: 0 });
  return (
    <>
      <output className="v-chain" data-wrong={chain.data?.holds === false || chain.isError || undefined}>
        {chain.isError && sentenceOf(chain.error).text}
        {chain.data !== undefined &&
          (chain.data.holds ? texts.holds(chain.data.length) : texts.broken(chain.data.brokenAt ?? 0))}
      </output>
      <ActionButton icon={<IconLink size={15} />} busy={chain.isFetching} onClick={() => void chain.refetch()}>
        {texts.verify}
      </ActionButton>
    </>
  );
}
