import { Menu } from '@mantine/core';
import { IconDots, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { KbdHint } from '../ui/kbd-hint.tsx';
import type { ModuleFace } from './module-face.ts';
import { useShellTexts } from './shell-texts.ts';
// A badge in the rail may carry a state's colour before any page has brought it.
import '../ui/state-badge.css';

interface RailProps {
  modules: readonly ModuleFace[];
  narrow: boolean;
  onNarrow: (narrow: boolean) => void;
}

/** The modules by their words, at the left; narrow, it shows icons with the words on hover. */
export function Rail({ modules, narrow, onNarrow }: RailProps) {
  const texts = useShellTexts();
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const fold = narrow ? texts.rail.widen : texts.rail.narrow;
  return (
    <nav className="v-rail" aria-label={texts.rail.label}>
      <Link to="/" className="v-rail-brand" aria-label={texts.product}>
        <img src="/icon.svg" alt="" width={22} height={22} />
        <span className="v-rail-word">{texts.product}</span>
      </Link>
      <ul className="v-rail-list">
        {modules.map((module) => (
          <li key={module.name}>
            <RailLink module={module} narrow={narrow} />
          </li>
        ))}
      </ul>
      <button type="button" className="v-rail-fold" aria-label={fold} title={fold} onClick={() => onNarrow(!narrow)}>
        <Icon size={17} stroke={1.6} />
      </button>
    </nav>
  );
}

function RailLink({ module, narrow }: { module: ModuleFace; narrow: boolean }) {
  const texts = useShellTexts();
  const { Badge, icon: Icon } = module;
  const word = texts.modules[module.name];
  return (
    <NavLink to={module.to} end={module.to === '/'} className="v-rail-link" title={narrow ? word : undefined}>
      <Icon size={18} stroke={1.6} />
      <span className="v-rail-word">{word}</span>
      {Badge !== undefined && (
        <span className="v-rail-badge">
          <Badge />
        </span>
      )}
      <span className="v-rail-keys">
        <KbdHint keys={`g ${module.letter}`} />
      </span>
    </NavLink>
  );
}

/** As many modules as a thumb reaches; the others stand behind "more". */
const thumbs = 4;

/** The rail of a phone, at the bottom. */
export function BottomBar({ modules }: { modules: readonly ModuleFace[] }) {
  const texts = useShellTexts();
  const { pathname } = useLocation();
  const late = modules.slice(thumbs);
  const inLate = late.some((module) => pathname.startsWith(module.to));
  return (
    <nav className="v-bottom" aria-label={texts.rail.label}>
      {modules.slice(0, thumbs).map((module) => (
        <NavLink key={module.name} to={module.to} end={module.to === '/'} className="v-bottom-link">
          <module.icon size={21} stroke={1.6} />
          <span>{texts.modules[module.name]}</span>
        </NavLink>
      ))}
      {late.length > 0 && (
        <Menu position="top-end">
          <Menu.Target>
            <button type="button" className={`v-bottom-link${inLate ? ' active' : ''}`}>
              <IconDots size={21} stroke={1.6} />
              <span>{texts.rail.more}</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {late.map((module) => (
              <Menu.Item
                key={module.name}
                component={Link}
                to={module.to}
                leftSection={<module.icon size={18} stroke={1.6} />}
              >
                {texts.modules[module.name]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}
