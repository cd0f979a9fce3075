import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import type { SshCommandSettings } from './settings.ts';

export type SshCommandReasons = ConnectionReasons &
  SshReasons & {
    succeeded: { exit: number; ms: number };
    otherExit: { exit: number; expected: number };
    ended: { signal: string };
    patternMissing: { pattern: string };
    numberMissing: { after: string };
    numberGood: { value: number };
    numberAbove: { value: number; limit: number };
    numberBelow: { value: number; limit: number };
  };

const en: KindTexts<SshCommandSettings, SshCommandReasons> = {
  name: 'Command over SSH',
  description: 'Runs a command on the host and judges its exit code, its output and a number in it.',
  fields: {
    command: {
      label: 'Command',
      help: 'Run by the account’s shell on the host. It has to be harmless: it runs again and again.',
    },
    expectExit: { label: 'Expected exit code', help: 'Down when the command ends with another one.' },
    outputPattern: {
      label: 'Output contains',
      help: 'Has to appear in one line of the output; * stands for anything. Empty expects nothing.',
    },
    numberAfter: {
      label: 'Number after',
      help: 'Measures the first number behind this text. A * measures the first number of the output. Empty measures none.',
    },
    numberDirection: {
      label: 'Worse when',
      help: 'Which side of the limits is bad.',
      options: { above: 'above the limit', below: 'below the limit' },
    },
    numberWarn: { label: 'Limit: degraded', help: 'Degraded beyond this number. Empty never warns.' },
    numberDown: { label: 'Limit: down', help: 'Down beyond this number. Empty never.' },
  },
  metrics: { value: 'Value', duration: 'Duration' },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    succeeded: ({ exit, ms }) => `The command ended with ${exit} after ${timeText('en', ms)}.`,
    otherExit: ({ exit, expected }) => `The command ended with ${exit} instead of ${expected}.`,
    ended: ({ signal }) => `The command was ended by a signal (${signal}).`,
    patternMissing: ({ pattern }) => `The output does not contain “${pattern}”.`,
    numberMissing: ({ after }) => `The output has no number after “${after}”.`,
    numberGood: ({ value }) => `The value is ${numberText('en', value, 3)}.`,
    numberAbove: ({ value, limit }) =>
      `The value is ${numberText('en', value, 3)}, above ${numberText('en', limit, 3)}.`,
    numberBelow: ({ value, limit }) =>
      `The value is ${numberText('en', value, 3)}, below ${numberText('en', limit, 3)}.`,
  },
};

const fr: KindTexts<SshCommandSettings, SshCommandReasons> = {
  name: 'Commande par SSH',
  description: 'Exécute une commande sur l’hôte et juge son code de sortie, sa sortie et un nombre dans celle-ci.',
  fields: {
    command: {
      label: 'Commande',
      help: 'Exécutée par l’interpréteur du compte sur l’hôte. Elle doit être sans effet : elle est répétée sans cesse.',
    },
    expectExit: { label: 'Code de sortie attendu', help: 'En panne si la commande se termine par un autre.' },
    outputPattern: {
      label: 'La sortie contient',
      help: 'Doit figurer dans une ligne de la sortie ; * remplace n’importe quoi. Vide : rien n’est attendu.',
    },
    numberAfter: {
      label: 'Nombre après',
      help: 'Mesure le premier nombre qui suit ce texte. Un * mesure le premier nombre de la sortie. Vide : aucun.',
    },
    numberDirection: {
      label: 'Plus grave',
      help: 'De quel côté des limites se trouve le mal.',
      options: { above: 'au-dessus de la limite', below: 'au-dessous de la limite' },
    },
    numberWarn: { label: 'Limite : dégradé', help: 'Dégradé au-delà de ce nombre. Vide : n’avertit jamais.' },
    numberDown: { label: 'Limite : en panne', help: 'En panne au-delà de ce nombre. Vide : jamais.' },
  },
  metrics: { value: 'Valeur', duration: 'Durée' },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    succeeded: ({ exit, ms }) => `La commande s’est terminée par ${exit} en ${timeText('fr', ms)}.`,
    otherExit: ({ exit, expected }) => `La commande s’est terminée par ${exit} au lieu de ${expected}.`,
    ended: ({ signal }) => `La commande a été interrompue par un signal (${signal}).`,
    patternMissing: ({ pattern }) => `La sortie ne contient pas « ${pattern} ».`,
    numberMissing: ({ after }) => `La sortie ne contient aucun nombre après « ${after} ».`,
    numberGood: ({ value }) => `La valeur est ${numberText('fr', value, 3)}.`,
    numberAbove: ({ value, limit }) =>
      `La valeur est ${numberText('fr', value, 3)}, au-dessus de ${numberText('fr', limit, 3)}.`,
    numberBelow: ({ value, limit }) =>
      `La valeur est ${numberText('fr', value, 3)}, au-dessous de ${numberText('fr', limit, 3)}.`,
  },
};

export const sshCommandTexts = { en, fr };
