import { IconRadar2 } from '@tabler/icons-react';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';

function NowCrumb() {
  return useShellTexts().modules.now;
}

/** Now: everything that needs a hand, in one order, each with its next step. */
export const nowFace: ModuleFace = {
  name: 'now',
  letter: 'n',
  icon: IconRadar2,
  to: paths.now(),
  permission: 'desk.read',
  routes: [
    {
      path: '/',
      handle: { Crumb: NowCrumb },
      lazy: async () => {
        const page = await import('./now-page.tsx');
        return { Component: page.NowPage, loader: page.loader };
      },
    },
  ],
};
