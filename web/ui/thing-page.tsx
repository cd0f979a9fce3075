import type { ReactNode } from 'react';
import './page.css';
import './thing-page.css';

interface ThingPageProps {
  /** What kind of thing it is, above the name. */
  kind: string;
  name: string;
  /** State badge. */
  state?: ReactNode;
  /** Since when, on which target: one quiet line under the name. */
  lead?: ReactNode;
  /** The main actions, at most two, and a menu for the rest. */
  actions?: ReactNode;
  /** Related things as chips. */
  chips?: ReactNode;
  /** Facts, at the right; under the story on a phone. */
  facts?: ReactNode;
  /** The story: charts, results, events. */
  children: ReactNode;
}

/** One thing: what it is and how it does on top, its story at the left, its facts at the right. */
export function ThingPage(props: ThingPageProps) {
  return (
    <section className="v-page" data-scroll="">
      <title>{`${props.name} – Vigie`}</title>
      <header className="v-thing-head">
        <div className="v-thing-names">
          <p className="v-thing-kind">{props.kind}</p>
          <h1 className="v-title">
            {props.name} {props.state}
          </h1>
          {props.lead !== undefined && <div className="v-thing-lead">{props.lead}</div>}
        </div>
        <div className="v-page-actions">{props.actions}</div>
      </header>
      {props.chips !== undefined && <div className="v-thing-chips">{props.chips}</div>}
      <div className="v-thing-body">
        <div className="v-thing-story">{props.children}</div>
        {props.facts !== undefined && <aside className="v-thing-facts">{props.facts}</aside>}
      </div>
    </section>
  );
}
