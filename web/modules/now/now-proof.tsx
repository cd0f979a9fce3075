import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDuration } from '#web/ui/format.ts';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useNowTexts } from './now-texts.ts';
import type { Counts } from './state-strip.tsx';

/** How it is known that all is well (or that nothing else is wrong): what was checked, when, how punctually. */
export function NowProof({ counts, well }: { counts: Counts; well: boolean }) {
  const texts = useNowTexts();
  const { locale } = useUi();
  const total = counts.up + counts.degraded + counts.down + counts.unreachable + counts.unknown;
  const proof = (
    <p className="v-now-proof">
      {counts.resultsLastMinute === 0 ? (
        <strong>{texts.proof.nothing}</strong>
      ) : (
        <>
          {texts.proof.checks(counts.up, total)}
          {counts.lastResultAt !== null && (
            <>
              {' · '}
              {texts.proof.last} <Time at={counts.lastResultAt} />
            </>
          )}
          {' · '}
          {texts.proof.rate(counts.resultsLastMinute)}
          {' · '}
          {texts.proof.late(formatDuration(Math.max(1, Math.ceil(counts.latenessMs)), locale))}
        </>
      )}
    </p>
  );
  if (!well) return proof;
  if (counts.resultsLastMinute === 0) {
    return (
      <EmptyState icon={<IconAlertTriangle size={40} stroke={1.3} />} title={texts.blind.title}>
        <p>{texts.blind.text}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconCircleCheck size={44} stroke={1.3} color="var(--v-up)" />}
      title={texts.well.title}
      action={<ActionButton to={paths.watchMachine()}>{texts.well.machine}</ActionButton>}
    >
      <p>{texts.well.text}</p>
      {proof}
    </EmptyState>
  );
}
