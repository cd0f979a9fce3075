import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import { sessionFields } from '#probe/session-fields.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import type { RabbitmqSettings } from './settings.ts';

export type RabbitmqReasons = SessionReasons &
  LimitReasons & {
    healthy: { version: string; ms: number };
    virtualHostMissing: { name: string };
    nodeDown: { node: string };
    partitioned: { node: string };
    memoryAlarm: { node: string };
    diskAlarm: { node: string };
    healthCheckFailed: { check: string; said: string };
    queueMissing: { queue: string };
    queueDown: { queue: string; state: string };
  };

const metrics = {
  en: {
    connect: 'Connection time',
    signIn: 'Sign-in time over AMQP',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
    queues: 'Queues',
    ready: 'Messages ready',
    unacked: 'Messages not acknowledged',
    consumers: 'Consumers',
    nodes: 'Nodes running',
    memory: 'Memory used',
    memoryPercent: 'Memory used of its limit',
    diskFree: 'Disk space free',
    queueReady: 'Queue, messages ready',
    queueUnacked: 'Queue, messages not acknowledged',
  },
  fr: {
    connect: 'Temps de connexion',
    signIn: 'Temps d’identification par AMQP',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
    queues: 'Files',
    ready: 'Messages prêts',
    unacked: 'Messages non acquittés',
    consumers: 'Consommateurs',
    nodes: 'Nœuds en marche',
    memory: 'Mémoire utilisée',
    memoryPercent: 'Mémoire utilisée, part de sa limite',
    diskFree: 'Espace disque libre',
    queueReady: 'File, messages prêts',
    queueUnacked: 'File, messages non acquittés',
  },
};

const en: KindTexts<RabbitmqSettings, RabbitmqReasons> = {
  name: 'RabbitMQ',
  description: 'Signs in over AMQP, and looks at nodes, alarms and queues by the management interface.',
  fields: {
    ...sessionFields.en,
    look: {
      label: 'Look at',
      help: 'The broker over AMQP, its management interface (a plugin), or both.',
      options: { both: 'Both', amqp: 'AMQP', management: 'Management interface' },
    },
    port: { label: 'AMQP port', help: '5672, or 5671 with TLS.' },
    managementPort: { label: 'Management port', help: '15672, or 15671 with TLS.' },
    managementTls: { label: 'Management over HTTPS', help: 'Ask the management interface over TLS.' },
    virtualHost: { label: 'Virtual host', help: 'Where to sign in, and whose queues to read.' },
    queues: { label: 'Queues', help: 'Names of the queues judged; * stands for anything. None judges all.' },
    maxReady: { label: 'Limit: messages ready', help: 'In each judged queue. 0 for none.' },
    maxUnacked: { label: 'Limit: messages not acknowledged', help: 'In each judged queue. 0 for none.' },
    minConsumers: { label: 'Limit: consumers below', help: 'Of each judged queue. 0 for none.' },
    queuesExpected: { label: 'Queues expected', help: 'Down when no queue has such a name; * stands for anything.' },
    maxMemoryPercent: { label: 'Limit: memory (%)', help: 'Of each node’s own limit. 0 for none.' },
  },
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...limitTexts('en', metrics.en),
    healthy: ({ version, ms }) => `RabbitMQ ${version} answers and is well (${timeText('en', ms)}).`,
    virtualHostMissing: ({ name }) => `There is no virtual host ${name}, or the user may not use it.`,
    nodeDown: ({ node }) => `The node ${node} is not running.`,
    partitioned: ({ node }) => `The cluster is split: ${node} does not see all others.`,
    memoryAlarm: ({ node }) => `The node ${node} has its memory alarm set: nobody can publish.`,
    diskAlarm: ({ node }) => `The node ${node} has too little disk space left: nobody can publish.`,
    healthCheckFailed: ({ check, said }) =>
      `The broker’s own health check ${check} fails${said === '' ? '' : `: ${said}`}.`,
    queueMissing: ({ queue }) => `There is no queue ${queue}.`,
    queueDown: ({ queue, state }) => `The queue ${queue} does not work (${state}).`,
  },
};

const fr: KindTexts<RabbitmqSettings, RabbitmqReasons> = {
  name: 'RabbitMQ',
  description: 'S’identifie par AMQP, et examine nœuds, alarmes et files par l’interface de gestion.',
  fields: {
    ...sessionFields.fr,
    look: {
      label: 'Regarder',
      help: 'Le courtier par AMQP, son interface de gestion (une extension), ou les deux.',
      options: { both: 'Les deux', amqp: 'AMQP', management: 'L’interface de gestion' },
    },
    port: { label: 'Port AMQP', help: '5672, ou 5671 avec TLS.' },
    managementPort: { label: 'Port de gestion', help: '15672, ou 15671 avec TLS.' },
    managementTls: { label: 'Gestion par HTTPS', help: 'Interroger l’interface de gestion par TLS.' },
    virtualHost: { label: 'Hôte virtuel', help: 'Où s’identifier, et de qui lire les files.' },
    queues: { label: 'Files', help: 'Noms des files jugées ; * remplace n’importe quoi. Aucun : toutes.' },
    maxReady: { label: 'Limite : messages prêts', help: 'Dans chaque file jugée. 0 : aucune.' },
    maxUnacked: { label: 'Limite : messages non acquittés', help: 'Dans chaque file jugée. 0 : aucune.' },
    minConsumers: { label: 'Limite : consommateurs sous', help: 'De chaque file jugée. 0 : aucune.' },
    queuesExpected: { label: 'Files attendues', help: 'En panne si aucune n’a ce nom ; * remplace n’importe quoi.' },
    maxMemoryPercent: { label: 'Limite : mémoire (%)', help: 'De la limite de chaque nœud. 0 : aucune.' },
  },
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...limitTexts('fr', metrics.fr),
    healthy: ({ version, ms }) => `RabbitMQ ${version} répond et se porte bien (${timeText('fr', ms)}).`,
    virtualHostMissing: ({ name }) => `Il n’y a pas d’hôte virtuel ${name}, ou l’utilisateur n’y a pas accès.`,
    nodeDown: ({ node }) => `Le nœud ${node} ne tourne pas.`,
    partitioned: ({ node }) => `La grappe est divisée : ${node} ne voit pas tous les autres.`,
    memoryAlarm: ({ node }) => `L’alarme de mémoire du nœud ${node} est donnée : personne ne peut publier.`,
    diskAlarm: ({ node }) => `Le nœud ${node} a trop peu d’espace disque : personne ne peut publier.`,
    healthCheckFailed: ({ check, said }) =>
      `Le contrôle de santé ${check} du courtier échoue${said === '' ? '' : ` : ${said}`}.`,
    queueMissing: ({ queue }) => `Il n’y a pas de file ${queue}.`,
    queueDown: ({ queue, state }) => `La file ${queue} ne marche pas (${state}).`,
  },
};

export const rabbitmqTexts = { en, fr };
