import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { VigieSettings } from './settings.ts';

export type VigieReasons = ConnectionReasons & {
  onTime: { p99Ms: number; results: number };
  late: { p99Ms: number; limitMs: number; slowed: number };
  losing: { lost: number };
  notWatching: Record<string, never>;
};

const en: KindTexts<VigieSettings, VigieReasons> = {
  name: 'Vigie itself',
  description: 'How late the watch runs its own checks, how much it does, and what it needs for it.',
  fields: {
    warnLateMs: {
      label: 'Late from (ms)',
      help: 'Degraded when one run in a hundred of the last minute began later than this after its planned moment.',
    },
    downLateMs: { label: 'Far too late from (ms)', help: 'Down from this lateness on; 0 for never.' },
  },
  metrics: {
    late50: 'Lateness, median',
    late95: 'Lateness, 95th percentile',
    late99: 'Lateness, 99th percentile',
    results: 'Results',
    skipped: 'Runs left out in the last minute',
    waiting: 'Runs that wait for a place',
    unwritten: 'Results not yet stored',
    write: 'Time of a write to the database',
    loop: 'Delay of the watch’s event loop',
    apiLoop: 'Delay of the API’s event loop',
    memory: 'Memory',
    checks: 'Checks',
    slowed: 'Checks slowed',
  },
  reasons: {
    ...connectionTexts.en,
    onTime: ({ p99Ms, results }) =>
      `The watch is on time: 99 of 100 runs began within ${timeText('en', p99Ms)}, ${results} results in the last minute.`,
    late: ({ p99Ms, limitMs, slowed }) =>
      `The watch is late: one run in a hundred began more than ${timeText('en', p99Ms)} after its moment, beyond the limit of ${timeText('en', limitMs)}.${slowed > 0 ? ` ${slowed} healthy checks run less often meanwhile.` : ''}`,
    losing: ({ lost }) => `The database was away too long: ${lost} results could not be stored since the watch began.`,
    notWatching: () => 'This server does not watch yet.',
  },
};

const fr: KindTexts<VigieSettings, VigieReasons> = {
  name: 'Vigie elle-même',
  description:
    'Le retard de la surveillance sur ses propres contrôles, ce qu’elle fait et ce qu’il lui faut pour cela.',
  fields: {
    warnLateMs: {
      label: 'En retard à partir de (ms)',
      help: 'Dégradé quand une exécution sur cent de la dernière minute a commencé plus tard que cela après le moment prévu.',
    },
    downLateMs: {
      label: 'Beaucoup trop tard à partir de (ms)',
      help: 'En panne à partir de ce retard ; 0 pour jamais.',
    },
  },
  metrics: {
    late50: 'Retard, médiane',
    late95: 'Retard, 95e centile',
    late99: 'Retard, 99e centile',
    results: 'Résultats',
    skipped: 'Exécutions omises pendant la dernière minute',
    waiting: 'Exécutions qui attendent une place',
    unwritten: 'Résultats pas encore enregistrés',
    write: 'Durée d’une écriture dans la base',
    loop: 'Délai de la boucle de la surveillance',
    apiLoop: 'Délai de la boucle de l’API',
    memory: 'Mémoire',
    checks: 'Contrôles',
    slowed: 'Contrôles ralentis',
  },
  reasons: {
    ...connectionTexts.fr,
    onTime: ({ p99Ms, results }) =>
      `La surveillance est à l’heure : 99 exécutions sur 100 ont commencé en moins de ${timeText('fr', p99Ms)}, ${results} résultats pendant la dernière minute.`,
    late: ({ p99Ms, limitMs, slowed }) =>
      `La surveillance est en retard : une exécution sur cent a commencé plus de ${timeText('fr', p99Ms)} après son moment, au-delà de la limite de ${timeText('fr', limitMs)}.${slowed > 0 ? ` ${slowed} contrôles en bonne santé sont ralentis pendant ce temps.` : ''}`,
    losing: ({ lost }) =>
      `La base de données est restée absente trop longtemps : ${lost} résultats n’ont pas pu être enregistrés depuis le début de la surveillance.`,
    notWatching: () => 'Ce serveur ne surveille pas encore.',
  },
};

export const vigieTexts = { en, fr };
