import type { ReactNode } from 'react';
import { Link } from 'react-router';
import './thing-page.css';

/** A related thing, as a small link. */
export function Chip({ to, icon, children }: { to: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Link className="v-chip" to={to}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}
