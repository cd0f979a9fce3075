import { NavLink } from 'react-router';
import { showActiveTab } from './show-active-tab.ts';
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
    <nav ref={showActiveTab} className="v-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end ?? false} className="v-tab">
          {tab.title}
        </NavLink>
      ))}
    </nav>
  );
}
