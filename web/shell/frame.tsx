import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { Outlet, useNavigation } from 'react-router';
import { useKept } from '../ui/kept.ts';
import { ProgressLine } from '../ui/progress-line.tsx';
import { BottomBar, Rail } from './rail.tsx';
import { FrameKeys } from './frame-keys.tsx';
import { FramePalette } from './frame-palette.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { keepLiveLine, useLineLost } from './live-line.ts';
import type { ModuleFace } from './module-face.ts';
import { queryClient } from './query-client.ts';
import { useMe } from './session.ts';
import { useShellTexts } from './shell-texts.ts';
import { TopBar } from './top-bar.tsx';
import './frame.css';

/** The frame around every screen once somebody is signed in. */
export function Frame({ modules }: { modules: readonly ModuleFace[] }) {
  const texts = useShellTexts();
  const { permissions } = useMe();
  const mine = modules.filter(
    ({ permission, unless }) =>
      permissions.includes(permission) && (unless === undefined || !permissions.includes(unless)),
  );
  const [rail, setRail] = useKept('rail', 'wide');
  const [help, setHelp] = useState(false);
  useLive(mine);
  return (
    <div className="v-frame" data-rail={rail}>
      <a className="v-skip" href="#content">
        {texts.skip}
      </a>
      <FrameProgress />
      <Rail modules={mine} narrow={rail === 'narrow'} onNarrow={(narrow) => setRail(narrow ? 'narrow' : 'wide')} />
      <TopBar onHelp={() => setHelp(true)} />
      <main className="v-main" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar modules={mine} />
      <FrameKeys modules={mine} onHelp={() => setHelp(true)} />
      <FramePalette modules={mine} />
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function FrameProgress() {
  const texts = useShellTexts();
  const { state } = useNavigation();
  const fetching = useIsFetching({ predicate: (query) => query.state.data === undefined }) > 0;
  const sending = useIsMutating() > 0;
  const lost = useLineLost();
  return <ProgressLine busy={state !== 'idle' || fetching || sending} lost={lost ? texts.lost : undefined} />;
}

/** One live line for the whole page; each module hears all events and picks its own. */
function useLive(modules: readonly ModuleFace[]): void {
  const tell = useEffectEvent((events: Parameters<NonNullable<ModuleFace['onLive']>>[0]) => {
    for (const module of modules) module.onLive?.(events, queryClient);
  });
  useEffect(() => {
    const ended = new AbortController();
    void keepLiveLine((events) => tell(events), ended.signal);
    return () => ended.abort();
  }, []);
}
