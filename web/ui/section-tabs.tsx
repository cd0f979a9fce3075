import { NavLink } from 'react-router';
import './page.css';

interface SectionTab {
  title: string;
  to: string;
  /** Only this very address is the tab's own, not those below it. */
  end?: boolean;
}

/** The parts of one module, above its lists. */
export function SectionTabs({ label, tabs }: { label: string; tabs: readonly SectionTab[] }) {
  return (
    <nav className="v-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end ?? false} className="v-tab">
          {tab.title}
        </NavLink>
      ))}
    </nav>
  );
}
