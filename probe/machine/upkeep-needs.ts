import { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { FieldText, Metric, ReasonOf } from '../check-kind.ts';
import { numberText } from '../number-text.ts';
import type { MachineReading } from './machine-reading.ts';

/** Settings about what a host waits for, to be spread into a kind's own. */
export const upkeepFields = {
  warnUpdates: z.number().int().min(0).max(10_000).default(0),
  warnSecurityUpdates: z.number().int().min(0).max(10_000).default(0),
  warnReboot: z.boolean().default(false),
};

/** What {@link upkeepFields} come to. */
export interface UpkeepSettings {
  readonly warnUpdates: number;
  readonly warnSecurityUpdates: number;
  readonly warnReboot: boolean;
}

/** What a host can be waiting for. */
export type UpkeepReasons = {
  updatesWaiting: { count: number; limit: number };
  securityWaiting: { count: number; limit: number };
  rebootWaiting: Record<string, never>;
};

/** What a host waits for, when the settings want to hear of it. */
export function upkeepReason(
  { warnUpdates, warnSecurityUpdates, warnReboot }: UpkeepSettings,
  { pendingUpdates = 0, securityUpdates = 0, rebootRequired = false }: MachineReading,
): ReasonOf<UpkeepReasons> | undefined {
  if (warnSecurityUpdates > 0 && securityUpdates >= warnSecurityUpdates)
    return { code: 'securityWaiting', data: { count: securityUpdates, limit: warnSecurityUpdates } };
  if (warnUpdates > 0 && pendingUpdates >= warnUpdates)
    return { code: 'updatesWaiting', data: { count: pendingUpdates, limit: warnUpdates } };
  return warnReboot && rebootRequired ? { code: 'rebootWaiting', data: {} } : undefined;
}

/** The numbers of what a host waits for, where they are known. */
export function measureUpkeep({ pendingUpdates, securityUpdates, rebootRequired }: MachineReading): Metric[] {
  return [
    ...(pendingUpdates === undefined ? [] : [{ name: 'updates', unit: 'count', value: pendingUpdates } as const]),
    ...(securityUpdates === undefined
      ? []
      : [{ name: 'securityUpdates', unit: 'count', value: securityUpdates } as const]),
    ...(rebootRequired === undefined
      ? []
      : [{ name: 'rebootRequired', unit: 'count', value: rebootRequired ? 1 : 0 } as const]),
  ];
}

interface UpkeepTexts {
  readonly fields: { readonly [Field in keyof UpkeepSettings]: FieldText };
  readonly metrics: Readonly<Record<string, string>>;
  readonly reasons: { readonly [Code in keyof UpkeepReasons]: (data: UpkeepReasons[Code]) => string };
}

/** The words for what a host waits for, to be spread into a kind's own. */
export const upkeepTexts: Readonly<Record<Language, UpkeepTexts>> = {
  en: {
    fields: {
      warnUpdates: { label: 'Warn from updates', help: 'Degraded when so many updates wait. 0 never warns.' },
      warnSecurityUpdates: {
        label: 'Warn from security updates',
        help: 'Degraded when so many of them are for security. 0 never warns.',
      },
      warnReboot: { label: 'Warn of a due restart', help: 'Degraded while the host waits to be restarted.' },
    },
    metrics: { updates: 'Updates waiting', securityUpdates: 'Security updates waiting', rebootRequired: 'Restart due' },
    reasons: {
      updatesWaiting: ({ count, limit }) =>
        `${numberText('en', count)} updates wait (limit ${numberText('en', limit)}).`,
      securityWaiting: ({ count, limit }) =>
        `${numberText('en', count)} security updates wait (limit ${numberText('en', limit)}).`,
      rebootWaiting: () => 'The host waits to be restarted.',
    },
  },
  fr: {
    fields: {
      warnUpdates: {
        label: 'Avertir à partir de ce nombre de mises à jour',
        help: 'Dégradé quand autant de mises à jour attendent. 0 n’avertit jamais.',
      },
      warnSecurityUpdates: {
        label: 'Avertir à partir de ce nombre de mises à jour de sécurité',
        help: 'Dégradé quand autant d’entre elles touchent la sécurité. 0 n’avertit jamais.',
      },
      warnReboot: { label: 'Avertir d’un redémarrage dû', help: 'Dégradé tant que l’hôte attend d’être redémarré.' },
    },
    metrics: {
      updates: 'Mises à jour en attente',
      securityUpdates: 'Mises à jour de sécurité en attente',
      rebootRequired: 'Redémarrage dû',
    },
    reasons: {
      updatesWaiting: ({ count, limit }) =>
        `Mises à jour en attente : ${numberText('fr', count)} (limite ${numberText('fr', limit)}).`,
      securityWaiting: ({ count, limit }) =>
        `Mises à jour de sécurité en attente : ${numberText('fr', count)} (limite ${numberText('fr', limit)}).`,
      rebootWaiting: () => 'L’hôte attend d’être redémarré.',
    },
  },
};
