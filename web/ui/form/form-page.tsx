import type { ReactNode } from 'react';
import '../page.css';
import './form.css';

interface FormPageProps {
  title: string;
  /** One sentence under the title. */
  lead?: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page with one form in one column. */
export function FormPage({ title, lead, actions, children }: FormPageProps) {
  return (
    <section className="v-page" data-scroll="">
      <title>{`${title} – Vigie`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{title}</h1>
        {actions !== undefined && <div className="v-page-actions">{actions}</div>}
      </header>
      <div className="v-form-page">
        {lead !== undefined && <p className="v-form-lead">{lead}</p>}
        {children}
      </div>
    </section>
  );
}
