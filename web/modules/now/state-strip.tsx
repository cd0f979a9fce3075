import { Link } from 'react-router';
import type { Client } from '#contract/client.ts';
import { paths } from '#web/paths.ts';
import { formatNumber } from '#web/ui/format.ts';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { useNowTexts } from './now-texts.ts';

export type Counts = Awaited<ReturnType<Client['watch']['checks']['counts']>>;

const shown = ['down', 'unreachable', 'degraded', 'unknown', 'up'] as const;

/** The state of the company in one line; counts without a problem are quiet. */
export function StateStrip({ counts }: { counts: Counts }) {
  const texts = useNowTexts();
  const { locale } = useUi();
  return (
    <ul className="v-now-strip" aria-label={texts.states}>
      {shown.map((state) => (
        <li key={state} data-none={counts[state] === 0 || undefined}>
          <Link to={paths.watch(`state:${state}`)}>
            <span className="v-now-number v-number">{formatNumber(counts[state], locale, 0)}</span>
            <StateBadge state={state} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
