import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface IconActProps {
  /** What it does, and to what: it is all that readers of the screen hear. */
  label: string;
  icon: ReactNode;
  onClick?: () => void;
  /** An address instead of an action. */
  to?: string;
  /** Why it may not be done now. */
  refusal?: string | undefined;
  /** True where there is nothing to do, such as moving the first one up. */
  idle?: boolean;
}

/** A small act at the end of a row. */
export function IconAct({ label, icon, onClick, to, refusal, idle = false }: IconActProps) {
  const look = { size: 26, title: refusal ?? label, 'aria-label': label };
  if (to !== undefined && refusal === undefined)
    return (
      <ActionIcon {...look} component={Link} to={to}>
        {icon}
      </ActionIcon>
    );
  const stopped = idle || refusal !== undefined;
  return (
    <ActionIcon {...look} aria-disabled={stopped} data-disabled={stopped} onClick={() => !stopped && onClick?.()}>
      {icon}
    </ActionIcon>
  );
}
