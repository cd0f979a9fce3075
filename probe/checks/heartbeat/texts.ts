import type { KindTexts } from '#probe/check-kind.ts';
import { longTimeText } from '#probe/long-time-text.ts';
import type { HeartbeatSettings } from './settings.ts';

export type HeartbeatReasons = {
  outside: Record<string, never>;
  cronUnreadable: { cron: string };
  waiting: { until: string };
  beating: { ago: number };
  running: { for: number };
  missing: { late: number; ago: number };
  neverCalled: { late: number };
  failed: { ago: number };
  failedWith: { exitCode: number; ago: number };
  tooLong: { for: number; longest: number };
};

const en: KindTexts<HeartbeatSettings, HeartbeatReasons> = {
  name: 'Heartbeat',
  description: 'Waits for the calls of a job (a backup, a cron task) and alarms when one is missing.',
  fields: {
    periodSeconds: {
      label: 'Called every (s)',
      help: 'The longest time between two calls. Not used with a cron expression.',
    },
    cron: {
      label: 'Cron expression',
      help: 'When the job runs, such as 30 2 * * 1-5. Empty: called every so often, at any moment.',
    },
    timeZone: { label: 'Time zone', help: 'Of the cron expression, such as Europe/Paris.' },
    graceSeconds: { label: 'Grace (s)', help: 'So long a call may be late, or its job may run, before it is missed.' },
    longestRunSeconds: {
      label: 'Longest run (s)',
      help: 'After a call of /start the job must end within this time. 0: it may take as long as it likes.',
    },
  },
  metrics: { age: 'Time since the last call', took: 'The job took' },
  reasons: {
    outside: () => 'Calls cannot be seen from here.',
    cronUnreadable: ({ cron }) => `The cron expression “${cron}” cannot be read.`,
    waiting: () => 'No call yet; the first one is waited for.',
    beating: ({ ago }) => `Called ${longTimeText('en', ago)} ago.`,
    running: (data) => `The job has been running for ${longTimeText('en', data.for)}.`,
    missing: ({ late, ago }) =>
      `A call is missing for ${longTimeText('en', late)}; the last one came ${longTimeText('en', ago)} ago.`,
    neverCalled: ({ late }) => `The first call is missing for ${longTimeText('en', late)}.`,
    failed: ({ ago }) => `The job said ${longTimeText('en', ago)} ago that it failed.`,
    failedWith: ({ exitCode, ago }) => `The job ended with code ${exitCode} ${longTimeText('en', ago)} ago.`,
    tooLong: (data) =>
      `The job has been running for ${longTimeText('en', data.for)}, longer than ${longTimeText('en', data.longest)}.`,
  },
};

const fr: KindTexts<HeartbeatSettings, HeartbeatReasons> = {
  name: 'Battement',
  description: 'Attend les appels d’une tâche (une sauvegarde, un cron) et alerte lorsqu’il en manque un.',
  fields: {
    periodSeconds: {
      label: 'Appelé toutes les (s)',
      help: 'Le plus long temps entre deux appels. Sans effet avec une expression cron.',
    },
    cron: {
      label: 'Expression cron',
      help: 'Quand la tâche s’exécute, par exemple 30 2 * * 1-5. Vide : appelé à intervalles, à tout moment.',
    },
    timeZone: { label: 'Fuseau horaire', help: 'De l’expression cron, par exemple Europe/Paris.' },
    graceSeconds: {
      label: 'Délai de grâce (s)',
      help: 'Retard permis à un appel, ou durée permise à sa tâche, avant qu’il ne manque.',
    },
    longestRunSeconds: {
      label: 'Durée la plus longue (s)',
      help: 'Après un appel de /start, la tâche doit finir dans ce délai. 0 : aussi longtemps qu’elle veut.',
    },
  },
  metrics: { age: 'Temps depuis le dernier appel', took: 'Durée de la tâche' },
  reasons: {
    outside: () => 'Les appels ne se voient pas d’ici.',
    cronUnreadable: ({ cron }) => `L’expression cron « ${cron} » est illisible.`,
    waiting: () => 'Pas encore d’appel ; le premier est attendu.',
    beating: ({ ago }) => `Appelé il y a ${longTimeText('fr', ago)}.`,
    running: (data) => `La tâche s’exécute depuis ${longTimeText('fr', data.for)}.`,
    missing: ({ late, ago }) =>
      `Un appel manque depuis ${longTimeText('fr', late)} ; le dernier est venu il y a ${longTimeText('fr', ago)}.`,
    neverCalled: ({ late }) => `Le premier appel manque depuis ${longTimeText('fr', late)}.`,
    failed: ({ ago }) => `La tâche a dit il y a ${longTimeText('fr', ago)} qu’elle a échoué.`,
    failedWith: ({ exitCode, ago }) =>
      `La tâche s’est terminée avec le code ${exitCode} il y a ${longTimeText('fr', ago)}.`,
    tooLong: (data) =>
      `La tâche s’exécute depuis ${longTimeText('fr', data.for)}, plus de ${longTimeText('fr', data.longest)}.`,
  },
};

export const heartbeatTexts = { en, fr };
