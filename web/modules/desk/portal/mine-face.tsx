import { IconLifebuoy } from '@tabler/icons-react';
import { api } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { paths } from '#web/paths.ts';

/** My requests: all that somebody sees who asks for help and does not work here. Its pages stand among those of the desk. */
export const mineFace: ModuleFace = {
  name: 'mine',
  letter: 'd',
  icon: IconLifebuoy,
  to: paths.mine(),
  permission: 'session',
  unless: 'desk.read',
  onLive: (events, client) => {
    if (events.some((event) => event.topic.startsWith('desk.')))
      void client.invalidateQueries({ queryKey: api.desk.mine.key() });
  },
  routes: [],
};
