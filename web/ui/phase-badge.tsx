import {
  IconArrowBackUp,
  IconArchive,
  IconBan,
  IconBellZ,
  IconBulb,
  IconCheck,
  IconChecks,
  IconCircle,
  IconCircleDashed,
  IconClockPause,
  IconEye,
  IconFlag,
  IconHandStop,
  IconHourglass,
  IconPencil,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconProgress,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { toneOf, type PhaseName } from './phase.ts';
import { useUi } from './words.ts';
import './phase-badge.css';

const icons: Record<PhaseName, ComponentType<{ size?: number | string; stroke?: number | string }>> = {
  open: IconFlag,
  in_progress: IconProgress,
  solved: IconCheck,
  resolved: IconChecks,
  waiting_approval: IconHandStop,
  refused: IconBan,
  queued: IconHourglass,
  running: IconPlayerPlayFilled,
  waiting: IconClockPause,
  stopping: IconPlayerStopFilled,
  pending: IconCircle,
  succeeded: IconCheck,
  failed: IconX,
  skipped: IconArrowBackUp,
  stopped: IconPlayerStopFilled,
  lost: IconQuestionMark,
  delivered: IconCheck,
  held: IconBellZ,
  draft: IconPencil,
  kept: IconArchive,
  withdrawn: IconCircleDashed,
  known_error: IconBulb,
  approval: IconHandStop,
  approved: IconCheck,
  review: IconEye,
  cancelled: IconBan,
};

interface PhaseBadgeProps {
  phase: PhaseName;
  /** `icon` shows the word on hover only. */
  show?: 'word' | 'icon';
}

/** Where a piece of work stands, with its one icon and one word. */
export function PhaseBadge({ phase, show = 'word' }: PhaseBadgeProps) {
  const { words } = useUi();
  const Icon = icons[phase];
  const word = words.phases[phase];
  return (
    <span className="v-phase" data-tone={toneOf(phase)} title={show === 'icon' ? word : undefined}>
      <span className="v-phase-icon" aria-hidden="true">
        <Icon size={12} stroke={2.25} />
      </span>
      <span className={show === 'icon' ? 'v-unseen' : undefined}>{word}</span>
    </span>
  );
}
