import {
  IconBellOff,
  IconCircleFilled,
  IconCircleHalf2,
  IconHelp,
  IconTool,
  IconUnlink,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { StateName } from './state.ts';
import { useUi } from './words.ts';
import './state-badge.css';

const icons: Record<StateName, ComponentType<{ size?: number | string; stroke?: number | string }>> = {
  up: IconCircleFilled,
  degraded: IconCircleHalf2,
  down: IconX,
  unreachable: IconUnlink,
  unknown: IconHelp,
  maintenance: IconTool,
  silenced: IconBellOff,
};

interface StateBadgeProps {
  state: StateName;
  /** `icon` shows the word on hover only: for dense rows that also carry a word elsewhere. */
  show?: 'word' | 'icon';
}

/** A state with its one colour, one icon and one word. */
export function StateBadge({ state, show = 'word' }: StateBadgeProps) {
  const { words } = useUi();
  const Icon = icons[state];
  const word = words.states[state];
  return (
    <span className="v-state" data-state={state} title={show === 'icon' ? word : undefined}>
      <span className="v-state-icon" aria-hidden="true">
        <Icon size={state === 'up' ? 9 : 14} stroke={2.25} />
      </span>
      <span className={show === 'icon' ? 'v-unseen' : 'v-state-word'}>{word}</span>
    </span>
  );
}
