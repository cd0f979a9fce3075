import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { numberText } from '#probe/number-text.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import type { LogSettings } from './settings.ts';

export type LogReasons = ConnectionReasons &
  SshReasons & {
    quiet: { count: number; minutes: number };
    found: { count: number; minutes: number; last: string };
    skipped: Record<string, never>;
    absent: { path: string };
    unreadable: { path: string };
    noJournal: Record<string, never>;
    noRights: Record<string, never>;
    nothing: Record<string, never>;
  };

const en: KindTexts<LogSettings, LogReasons> = {
  name: 'Log',
  description:
    'Reads what a log file or the journal of a host says since the last look, over SSH, and counts the lines that match patterns.',
  fields: {
    source: { label: 'Log', help: 'A file, or the journal of systemd.', options: { file: 'file', journal: 'journal' } },
    path: { label: 'Path', help: 'Of the file; not used for the journal.' },
    unit: { label: 'Unit', help: 'Only what this unit writes into the journal; empty reads all.' },
    include: {
      label: 'Patterns',
      help: 'Regular expressions (RE2); a line counts when one of them matches. None counts every line.',
    },
    exclude: {
      label: 'But not',
      help: 'Regular expressions; a line that matches one of them does not count.',
    },
    degradedFrom: { label: 'Degraded from', help: 'So many matching lines within the time below. 0 never.' },
    downFrom: { label: 'Down from', help: 'So many matching lines within the time below. 0 never.' },
    windowMinutes: { label: 'Within (min)', help: 'How long a matching line counts.' },
  },
  metrics: { lines: 'New lines', matches: 'Matching lines', recent: 'Matching lines that count' },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    quiet: ({ count, minutes }) =>
      `${count === 0 ? 'No matching line' : `${numberText('en', count)} matching ${count === 1 ? 'line' : 'lines'}`} in ${numberText('en', minutes)} min.`,
    found: ({ count, minutes, last }) =>
      `${numberText('en', count)} matching ${count === 1 ? 'line' : 'lines'} in ${numberText('en', minutes)} min, the last: ${last}`,
    skipped: () => 'The log grew faster than it is read: a part was left out.',
    absent: ({ path }) => `The log ${path} is not there.`,
    unreadable: ({ path }) => `The account may not read ${path}.`,
    noJournal: () => 'This host has no journal of systemd.',
    noRights: () => 'The account may not read the journal: add it to the group systemd-journal.',
    nothing: () => 'The host did not say anything of its log.',
  },
};

const fr: KindTexts<LogSettings, LogReasons> = {
  name: 'Journal d’événements',
  description:
    'Lit par SSH ce que dit un fichier journal ou le journal de systemd d’un hôte depuis la dernière fois, et compte les lignes qui répondent à des motifs.',
  fields: {
    source: {
      label: 'Journal',
      help: 'Un fichier, ou le journal de systemd.',
      options: { file: 'fichier', journal: 'journal de systemd' },
    },
    path: { label: 'Chemin', help: 'Du fichier ; sans effet pour le journal de systemd.' },
    unit: { label: 'Unité', help: 'Seulement ce que cette unité écrit dans le journal ; vide : tout.' },
    include: {
      label: 'Motifs',
      help: 'Expressions régulières (RE2) ; une ligne compte si l’une correspond. Aucune : toute ligne compte.',
    },
    exclude: {
      label: 'Sauf',
      help: 'Expressions régulières ; une ligne qui répond à l’une d’elles ne compte pas.',
    },
    degradedFrom: { label: 'Dégradé à partir de', help: 'Autant de lignes dans le délai ci-dessous. 0 : jamais.' },
    downFrom: { label: 'En panne à partir de', help: 'Autant de lignes dans le délai ci-dessous. 0 : jamais.' },
    windowMinutes: { label: 'En l’espace de (min)', help: 'Combien de temps une ligne trouvée compte.' },
  },
  metrics: { lines: 'Nouvelles lignes', matches: 'Lignes trouvées', recent: 'Lignes trouvées qui comptent' },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    quiet: ({ count, minutes }) =>
      `${count === 0 ? 'Aucune ligne trouvée' : `Lignes trouvées : ${numberText('fr', count)}`} en ${numberText('fr', minutes)} min.`,
    found: ({ count, minutes, last }) =>
      `Lignes trouvées en ${numberText('fr', minutes)} min : ${numberText('fr', count)} ; la dernière : ${last}`,
    skipped: () => 'Le journal grossit plus vite qu’il n’est lu : une partie a été omise.',
    absent: ({ path }) => `Le journal ${path} n’existe pas.`,
    unreadable: ({ path }) => `Le compte n’a pas le droit de lire ${path}.`,
    noJournal: () => 'Cet hôte n’a pas de journal de systemd.',
    noRights: () => 'Le compte n’a pas le droit de lire le journal : ajoutez-le au groupe systemd-journal.',
    nothing: () => 'L’hôte n’a rien dit de son journal.',
  },
};

export const logTexts = { en, fr };
