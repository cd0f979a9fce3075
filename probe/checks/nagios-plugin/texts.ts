import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { NagiosPluginSettings } from './settings.ts';

export type NagiosPluginReasons = ConnectionReasons & {
  said: { summary: string };
  saidBecause: { summary: string; label: string; value: string };
  saidNothing: { exit: number };
  strangeExit: { exit: number; summary: string };
  killed: { signal: string };
  timedOut: { ms: number };
  endless: { program: string };
  programMissing: { program: string };
  programRefused: { program: string };
  userUnknown: { user: string };
};

const en: KindTexts<NagiosPluginSettings, NagiosPluginReasons> = {
  name: 'Nagios plugin',
  description:
    'Runs any plugin written for Nagios, Icinga or Checkmk on the probe; its exit code is the verdict, its performance data the charts.',
  fields: {
    program: { label: 'Program', help: 'Whole path on the probe. It is run without a shell.' },
    arguments: {
      label: 'Arguments',
      help: 'Nothing is split or expanded. {address} is the address, {name} the name of the target, {secret} the secret below.',
    },
    secret: {
      label: 'Secret',
      help: 'A password or community; other users of the probe’s machine may see it while the plugin runs.',
    },
    user: {
      label: 'Run as',
      help: 'A user of the probe’s machine, when Vigie runs as root. Empty is “nobody”. Without root, plugins run as Vigie itself.',
    },
  },
  metrics: { perf: 'Value', rate: 'Rate' },
  reasons: {
    ...connectionTexts.en,
    said: ({ summary }) => `The plugin says: ${summary}`,
    saidBecause: ({ summary, label, value }) => `${summary} (${label}: ${value})`,
    saidNothing: ({ exit }) => `The plugin ended with ${exit} and said nothing.`,
    strangeExit: ({ exit, summary }) =>
      `The plugin ended with ${exit}, which is no verdict${summary === '' ? '.' : `: ${summary}`}`,
    killed: ({ signal }) => `The plugin was ended by a signal (${signal}).`,
    timedOut: ({ ms }) => `The plugin did not end within ${timeText('en', ms)} and was killed.`,
    endless: ({ program }) => `${program} writes without end and was killed.`,
    programMissing: ({ program }) => `There is no program ${program} on the probe.`,
    programRefused: ({ program }) => `${program} may not be run: it is no program, or not for this user.`,
    userUnknown: ({ user }) => `There is no user ${user} on the probe.`,
  },
};

const fr: KindTexts<NagiosPluginSettings, NagiosPluginReasons> = {
  name: 'Greffon Nagios',
  description:
    'Exécute sur la sonde tout greffon écrit pour Nagios, Icinga ou Checkmk ; son code de sortie est le verdict, ses données de performance sont tracées.',
  fields: {
    program: {
      label: 'Programme',
      help: 'Chemin complet sur la sonde. Il est exécuté sans interpréteur de commandes.',
    },
    arguments: {
      label: 'Arguments',
      help: 'Rien n’est découpé ni développé. {address} est l’adresse, {name} le nom de la cible, {secret} le secret ci-dessous.',
    },
    secret: {
      label: 'Secret',
      help: 'Mot de passe ou communauté ; d’autres comptes de la machine de la sonde peuvent le voir pendant l’exécution.',
    },
    user: {
      label: 'Exécuter en tant que',
      help: 'Un compte de la machine de la sonde, quand Vigie tourne en root. Vide : « nobody ». Sans root, les greffons tournent sous le compte de Vigie.',
    },
  },
  metrics: { perf: 'Valeur', rate: 'Débit' },
  reasons: {
    ...connectionTexts.fr,
    said: ({ summary }) => `Le greffon dit : ${summary}`,
    saidBecause: ({ summary, label, value }) => `${summary} (${label} : ${value})`,
    saidNothing: ({ exit }) => `Le greffon s’est terminé par ${exit} sans rien dire.`,
    strangeExit: ({ exit, summary }) =>
      `Le greffon s’est terminé par ${exit}, qui n’est pas un verdict${summary === '' ? '.' : ` : ${summary}`}`,
    killed: ({ signal }) => `Le greffon a été interrompu par un signal (${signal}).`,
    timedOut: ({ ms }) => `Le greffon ne s’est pas terminé en ${timeText('fr', ms)} et a été arrêté.`,
    endless: ({ program }) => `${program} écrit sans fin et a été arrêté.`,
    programMissing: ({ program }) => `Il n’y a pas de programme ${program} sur la sonde.`,
    programRefused: ({ program }) =>
      `${program} ne peut pas être exécuté : ce n’est pas un programme, ou pas pour ce compte.`,
    userUnknown: ({ user }) => `Il n’y a pas de compte ${user} sur la sonde.`,
  },
};

export const nagiosPluginTexts = { en, fr };
