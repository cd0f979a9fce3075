import type { ReactNode } from 'react';

/** A part of a report with its heading. */
export function ReportPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
