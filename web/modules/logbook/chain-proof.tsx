import { useQuery } from '@tanstack/react-query';
import { IconLink } from '@tabler/icons-react';
import { api } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

/** Proves on demand that no entry was changed or taken out. */
export function ChainProof() {
  const { chain: texts } = useLogbookTexts();
  const chain = useQuery({
    ...api.logbook.entries.verify.queryOptions({ input: {} }),
    enabled: false,
    staleTime: 0,
    // What was proved a moment ago says nothing of now.
    gcTime: 0,
  });
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
