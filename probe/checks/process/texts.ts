import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { numberText, percentText } from '#probe/number-text.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import { bytesText, spanText } from '#probe/value-text.ts';
import type { ProcessSettings } from './settings.ts';

export type ProcessReasons = ConnectionReasons &
  SshReasons & {
    running: { what: string; count: number; bytes: number };
    tooFew: { what: string; count: number; limit: number };
    tooMany: { what: string; count: number; limit: number };
    memoryHigh: { what: string; bytes: number; limit: number };
    cpuHigh: { what: string; percent: number; limit: number };
    tooOld: { what: string; seconds: number; limit: number };
    noList: Record<string, never>;
  };

const en: KindTexts<ProcessSettings, ProcessReasons> = {
  name: 'Processes',
  description:
    'Counts processes of a host over SSH, by name, command line and user, and measures their memory, processor use and age.',
  fields: {
    name: { label: 'Program', help: 'The name of the program, as ps shows it. Empty takes any.' },
    pattern: {
      label: 'Command line matches',
      help: 'A regular expression (RE2) on the command line. Empty takes any.',
    },
    user: { label: 'User', help: 'Whose processes count. Empty takes everybody’s.' },
    least: { label: 'At least', help: 'Down when fewer run. 0 expects none.' },
    most: { label: 'At most', help: 'Degraded when more run. 0 sets no limit.' },
    cpuWarnPercent: {
      label: 'Warn from processor use (%)',
      help: 'Of one processor, all of them together, since the run before. 0 never warns.',
    },
    memoryWarnMiB: { label: 'Warn from memory (MiB)', help: 'Resident memory of all of them. 0 never warns.' },
    memoryDownMiB: { label: 'Down from memory (MiB)', help: 'Resident memory of all of them. 0 never.' },
    oldestMaxHours: {
      label: 'Warn when older than (hours)',
      help: 'For what should end by itself, such as jobs. 0 never warns.',
    },
  },
  metrics: {
    count: 'Processes',
    memory: 'Memory',
    cpu: 'Processor',
    oldest: 'Age of the oldest',
    youngest: 'Age of the youngest',
    zombies: 'Zombies',
  },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    running: ({ what, count, bytes }) => `${what}: ${numberText('en', count)} running, with ${bytesText('en', bytes)}.`,
    tooFew: ({ what, count, limit }) =>
      count === 0
        ? `${what} does not run.`
        : `${what}: only ${numberText('en', count)} running, fewer than ${numberText('en', limit)}.`,
    tooMany: ({ what, count, limit }) =>
      `${what}: ${numberText('en', count)} running, more than ${numberText('en', limit)}.`,
    memoryHigh: ({ what, bytes, limit }) =>
      `${what} uses ${bytesText('en', bytes)} of memory (limit ${bytesText('en', limit)}).`,
    cpuHigh: ({ what, percent, limit }) =>
      `${what} uses ${percentText('en', percent)} of a processor (limit ${percentText('en', limit)}).`,
    tooOld: ({ what, seconds, limit }) =>
      `${what} has been running for ${spanText('en', seconds)} (limit ${spanText('en', limit)}).`,
    noList: () => 'The host does not give a list of its processes.',
  },
};

const fr: KindTexts<ProcessSettings, ProcessReasons> = {
  name: 'Processus',
  description:
    'Compte par SSH les processus d’un hôte, par nom, ligne de commande et compte, et mesure leur mémoire, leur usage du processeur et leur âge.',
  fields: {
    name: { label: 'Programme', help: 'Le nom du programme, tel que ps le montre. Vide : n’importe lequel.' },
    pattern: {
      label: 'La ligne de commande correspond à',
      help: 'Expression régulière (RE2) sur la ligne de commande. Vide : n’importe laquelle.',
    },
    user: { label: 'Compte', help: 'À qui sont les processus comptés. Vide : à tous.' },
    least: { label: 'Au moins', help: 'En panne s’il en tourne moins. 0 n’en attend aucun.' },
    most: { label: 'Au plus', help: 'Dégradé s’il en tourne plus. 0 : aucune limite.' },
    cpuWarnPercent: {
      label: 'Avertir à partir de cet usage du processeur (%)',
      help: 'D’un processeur, tous ensemble, depuis le passage précédent. 0 n’avertit jamais.',
    },
    memoryWarnMiB: {
      label: 'Avertir à partir de (Mio)',
      help: 'Mémoire résidente de tous ensemble. 0 n’avertit jamais.',
    },
    memoryDownMiB: { label: 'En panne à partir de (Mio)', help: 'Mémoire résidente de tous ensemble. 0 : jamais.' },
    oldestMaxHours: {
      label: 'Avertir au-delà de (heures)',
      help: 'Pour ce qui devrait finir de soi-même, comme une tâche. 0 n’avertit jamais.',
    },
  },
  metrics: {
    count: 'Processus',
    memory: 'Mémoire',
    cpu: 'Processeur',
    oldest: 'Âge du plus ancien',
    youngest: 'Âge du plus récent',
    zombies: 'Zombies',
  },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    running: ({ what, count, bytes }) =>
      `${what} : ${numberText('fr', count)} en marche, avec ${bytesText('fr', bytes)}.`,
    tooFew: ({ what, count, limit }) =>
      count === 0
        ? `${what} ne tourne pas.`
        : `${what} : seulement ${numberText('fr', count)} en marche, moins que ${numberText('fr', limit)}.`,
    tooMany: ({ what, count, limit }) =>
      `${what} : ${numberText('fr', count)} en marche, plus que ${numberText('fr', limit)}.`,
    memoryHigh: ({ what, bytes, limit }) =>
      `${what} occupe ${bytesText('fr', bytes)} de mémoire (limite ${bytesText('fr', limit)}).`,
    cpuHigh: ({ what, percent, limit }) =>
      `${what} occupe ${percentText('fr', percent)} d’un processeur (limite ${percentText('fr', limit)}).`,
    tooOld: ({ what, seconds, limit }) =>
      `${what} tourne depuis ${spanText('fr', seconds)} (limite ${spanText('fr', limit)}).`,
    noList: () => 'L’hôte ne donne pas la liste de ses processus.',
  },
};

export const processTexts = { en, fr };
