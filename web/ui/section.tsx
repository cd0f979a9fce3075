import type { ReactNode } from 'react';
import './thing-page.css';

interface SectionProps {
  title: string;
  /** Small actions or a choice, at the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="v-section">
      <div className="v-section-head">
        <h2 className="v-section-title">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
