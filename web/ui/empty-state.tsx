import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  title: string;
  icon?: ReactNode;
  /** What to do first, or why there is nothing. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty screen that says what to do first. */
export function EmptyState({ title, icon, children, action }: EmptyStateProps) {
  return (
    <div className="v-empty">
      {icon !== undefined && <div className="v-empty-icon">{icon}</div>}
      <h2 className="v-empty-title">{title}</h2>
      {children !== undefined && <div className="v-empty-text">{children}</div>}
      {action !== undefined && <div className="v-empty-action">{action}</div>}
    </div>
  );
}
