import { Checkbox } from '@mantine/core';
import type { Proposal } from '#contract/watch.ts';
import { Duration } from '#web/ui/duration.tsx';
import { useWatchTexts } from '../watch-texts.ts';
import '../watch.css';

interface ProposalListProps {
  proposals: readonly Proposal[];
  isTicked: (proposal: Proposal) => boolean;
  onTick: (keys: readonly string[], on: boolean) => void;
}

/** The proposed checks, by host, in the order in which they came: what one reads does not move. */
export function ProposalList({ proposals, isTicked, onTick }: ProposalListProps) {
  const texts = useWatchTexts();
  const hosts = [...new Set(proposals.map((proposal) => proposal.address))];
  return hosts.map((address) => {
    const mine = proposals.filter((proposal) => proposal.address === address);
    const first = mine[0];
    const all = mine.every(isTicked);
    return (
      <section className="v-add-host" key={address} aria-label={first?.hostName ?? address}>
        <header>
          <h2>{first?.hostName ?? address}</h2>
          {first?.hostName !== address && <span className="v-quiet">{address}</span>}
          <span className="v-quiet">{first?.hostId === null ? texts.addPage.fresh : texts.addPage.known}</span>
          <button
            type="button"
            className="v-link-button"
            onClick={() =>
              onTick(
                mine.map((proposal) => proposal.key),
                !all,
              )
            }
          >
            {all ? texts.addPage.none : texts.addPage.all}
          </button>
        </header>
        {mine.map((proposal) => (
          <div className="v-add-proposal" key={proposal.key}>
            <Checkbox
              label={proposal.name}
              checked={isTicked(proposal)}
              onChange={(event) => onTick([proposal.key], event.currentTarget.checked)}
            />
            <span className="v-quiet">{proposal.why}</span>
            <span className="v-quiet">
              {texts.every} <Duration ms={proposal.intervalSeconds * 1000} />
            </span>
          </div>
        ))}
      </section>
    );
  });
}
