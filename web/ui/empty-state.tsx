import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  title: string;
  /** Whether it is the title of the whole page. */
  alone?: boolean;
  icon?: ReactNode;
  /** What to do first, or why there is nothing. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty screen that says what to do first. */
export function EmptyState({ title, alone = false, icon, children, action }: EmptyStateProps) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div className="v-empty">
      {icon !== undefined && <div className="v-empty-icon">{icon}</div>}
      <Heading className="v-empty-title">{title}</Heading>
      {children !== undefined && <div className="v-empty-text">{children}</div>}
      {action !== undefined && <div className="v-empty-action">{action}</div>}
    </div>
  );
}
