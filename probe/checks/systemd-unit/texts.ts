import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import type { SystemdUnitSettings } from './settings.ts';

export type SystemdUnitReasons = ConnectionReasons &
  SshReasons & {
    active: { unit: string; state: string };
    changing: { unit: string; state: string };
    inactive: { unit: string; state: string };
    failed: { unit: string; result: string };
    restarting: { unit: string; restarts: number; limit: number };
    notFound: { unit: string };
    noSystemd: Record<string, never>;
  };

const en: KindTexts<SystemdUnitSettings, SystemdUnitReasons> = {
  name: 'systemd unit',
  description: 'Asks systemd on the host, over SSH, whether a unit is active.',
  fields: {
    unit: { label: 'Unit', help: 'Its name with the ending: nginx.service, backup.timer.' },
    warnRestarts: {
      label: 'Warn from restarts',
      help: 'Degraded when systemd had to restart the unit so often since it was started. 0 never warns.',
    },
  },
  metrics: { activeSeconds: 'Active for', restarts: 'Restarts', memory: 'Memory' },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    active: ({ unit, state }) => `${unit} is active (${state}).`,
    changing: ({ unit, state }) => `${unit} is changing its state (${state}).`,
    inactive: ({ unit, state }) => `${unit} is not running (${state}).`,
    failed: ({ unit, result }) => `${unit} has failed (${result}).`,
    restarting: ({ unit, restarts, limit }) =>
      `${unit} is active but was restarted ${restarts === 1 ? 'once' : `${restarts} times`} (limit ${limit}).`,
    notFound: ({ unit }) => `There is no unit ${unit} on this host.`,
    noSystemd: () => 'systemd does not answer on this host.',
  },
};

const fr: KindTexts<SystemdUnitSettings, SystemdUnitReasons> = {
  name: 'Unité systemd',
  description: 'Demande à systemd sur l’hôte, par SSH, si une unité est active.',
  fields: {
    unit: { label: 'Unité', help: 'Son nom avec la terminaison : nginx.service, backup.timer.' },
    warnRestarts: {
      label: 'Avertir à partir de ce nombre de redémarrages',
      help: 'Dégradé quand systemd a dû redémarrer l’unité aussi souvent depuis son démarrage. 0 n’avertit jamais.',
    },
  },
  metrics: { activeSeconds: 'Active depuis', restarts: 'Redémarrages', memory: 'Mémoire' },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    active: ({ unit, state }) => `${unit} est active (${state}).`,
    changing: ({ unit, state }) => `${unit} est en train de changer d’état (${state}).`,
    inactive: ({ unit, state }) => `${unit} n’est pas en marche (${state}).`,
    failed: ({ unit, result }) => `${unit} est en échec (${result}).`,
    restarting: ({ unit, restarts, limit }) =>
      `${unit} est active mais a été redémarrée ${restarts} fois (limite ${limit}).`,
    notFound: ({ unit }) => `Il n’y a pas d’unité ${unit} sur cet hôte.`,
    noSystemd: () => 'systemd ne répond pas sur cet hôte.',
  },
};

export const systemdUnitTexts = { en, fr };
