import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { queryFields, queryTexts, type QueryReasons } from '#probe/query-judgement.ts';
import { sessionFields } from '#probe/session-fields.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import type { RedisSettings } from './settings.ts';

export type RedisReasons = SessionReasons &
  LimitReasons &
  QueryReasons & {
    healthy: { version: string; ms: number };
    loading: Record<string, never>;
    tooManyClients: { said: string };
    serverRefused: { said: string };
    otherRole: { role: string };
    replicasMissing: { found: number; expected: number };
    linkDown: { primary: string };
    saveFailed: Record<string, never>;
  };

const metrics = {
  en: {
    connect: 'Connection time',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
    queryValue: 'Key, length or value',
    uptime: 'Time since the start',
    memoryUsed: 'Memory used',
    memoryPercent: 'Memory used of its limit',
    clients: 'Clients',
    blockedClients: 'Clients waiting',
    keys: 'Keys',
    commands: 'Commands',
    evictions: 'Keys evicted',
    rejected: 'Connections rejected',
    hits: 'Hit ratio',
    saveAge: 'Since the last save',
    unsaved: 'Changes not saved',
    replicas: 'Replicas online',
    replicaLag: 'Replica behind, time',
    replicaLagBytes: 'Replica behind, bytes',
    primarySilent: 'Since the primary was heard',
  },
  fr: {
    connect: 'Temps de connexion',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
    queryValue: 'Clé, longueur ou valeur',
    uptime: 'Temps depuis le démarrage',
    memoryUsed: 'Mémoire utilisée',
    memoryPercent: 'Mémoire utilisée, part de sa limite',
    clients: 'Clients',
    blockedClients: 'Clients en attente',
    keys: 'Clés',
    commands: 'Commandes',
    evictions: 'Clés évincées',
    rejected: 'Connexions rejetées',
    hits: 'Taux de succès',
    saveAge: 'Depuis le dernier enregistrement',
    unsaved: 'Changements non enregistrés',
    replicas: 'Répliques en ligne',
    replicaLag: 'Retard de la réplique, temps',
    replicaLagBytes: 'Retard de la réplique, octets',
    primarySilent: 'Depuis la dernière nouvelle du primaire',
  },
};

const en: KindTexts<RedisSettings, RedisReasons> = {
  name: 'Redis',
  description: 'Signs in, pings, and looks at memory, clients, replication, saves and a key. Valkey too.',
  fields: {
    ...sessionFields.en,
    user: { label: 'User', help: 'A user of the access list (ACL). Empty signs in by the password alone.' },
    role: {
      label: 'Expected role',
      help: 'Down when the server has the other role.',
      options: { any: 'Any', primary: 'Primary', replica: 'Replica' },
    },
    replicasExpected: { label: 'Replicas expected', help: 'Down when fewer are online. 0 expects none.' },
    key: { label: 'Key', help: 'A key to look at, such as a queue. Empty looks at none.' },
    keyIs: {
      label: 'Of the key',
      help: 'What is judged: how many elements it has (0 when it is absent), or its text.',
      options: { length: 'Its length', value: 'Its value' },
    },
    keyExpected: queryFields.en.queryExpected,
    keyAbove: queryFields.en.queryAbove,
    keyBelow: queryFields.en.queryBelow,
    maxMemoryPercent: { label: 'Limit: memory (%)', help: 'Of maxmemory, or of the machine. 0 for none.' },
    maxEvictionsPerSecond: { label: 'Limit: evictions per second', help: 'Since the last run. 0 for none.' },
    maxClients: { label: 'Limit: clients', help: 'Connected at once. 0 for none.' },
    maxLagSeconds: { label: 'Limit: replication behind (s)', help: 'On both sides of it. 0 for none.' },
    maxSaveHours: { label: 'Limit: age of the last save (h)', help: 'Of the snapshot on disk. 0 for none.' },
    minHitPercent: { label: 'Limit: hits below (%)', help: 'Of the reads since the last run. 0 for none.' },
  },
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...limitTexts('en', metrics.en),
    ...queryTexts.en,
    healthy: ({ version, ms }) => `Redis ${version} answers and is well (${timeText('en', ms)}).`,
    loading: () => 'The server is still loading its data.',
    tooManyClients: ({ said }) => `All connections are taken: ${said}`,
    serverRefused: ({ said }) => `The server refuses: ${said}`,
    otherRole: ({ role }) =>
      role === 'replica' ? 'This is a replica; a primary is expected.' : 'This is a primary; a replica is expected.',
    replicasMissing: ({ found, expected }) =>
      `${numberText('en', found)} of ${numberText('en', expected)} expected replicas are online.`,
    linkDown: ({ primary }) => `This replica has lost its primary (${primary}).`,
    saveFailed: () => 'The last save to disk failed.',
  },
};

const fr: KindTexts<RedisSettings, RedisReasons> = {
  name: 'Redis',
  description:
    'S’identifie, interroge et examine mémoire, clients, réplication, enregistrements et une clé. Aussi Valkey.',
  fields: {
    ...sessionFields.fr,
    user: { label: 'Utilisateur', help: 'Un utilisateur de la liste d’accès (ACL). Vide : le mot de passe seul.' },
    role: {
      label: 'Rôle attendu',
      help: 'En panne si le serveur a l’autre rôle.',
      options: { any: 'N’importe lequel', primary: 'Primaire', replica: 'Réplique' },
    },
    replicasExpected: {
      label: 'Répliques attendues',
      help: 'En panne quand moins sont en ligne. 0 : aucune attendue.',
    },
    key: { label: 'Clé', help: 'Une clé à regarder, comme une file. Vide : aucune.' },
    keyIs: {
      label: 'De la clé',
      help: 'Ce qui est jugé : son nombre d’éléments (0 si elle est absente), ou son texte.',
      options: { length: 'Sa longueur', value: 'Sa valeur' },
    },
    keyExpected: queryFields.fr.queryExpected,
    keyAbove: queryFields.fr.queryAbove,
    keyBelow: queryFields.fr.queryBelow,
    maxMemoryPercent: { label: 'Limite : mémoire (%)', help: 'De maxmemory, ou de la machine. 0 : aucune.' },
    maxEvictionsPerSecond: {
      label: 'Limite : évictions par seconde',
      help: 'Depuis le passage précédent. 0 : aucune.',
    },
    maxClients: { label: 'Limite : clients', help: 'Connectés à la fois. 0 : aucune.' },
    maxLagSeconds: { label: 'Limite : retard de réplication (s)', help: 'Des deux côtés. 0 : aucune.' },
    maxSaveHours: { label: 'Limite : âge de l’enregistrement (h)', help: 'De l’instantané sur disque. 0 : aucune.' },
    minHitPercent: { label: 'Limite : succès sous (%)', help: 'Des lectures depuis le passage précédent. 0 : aucune.' },
  },
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...limitTexts('fr', metrics.fr),
    ...queryTexts.fr,
    healthy: ({ version, ms }) => `Redis ${version} répond et se porte bien (${timeText('fr', ms)}).`,
    loading: () => 'Le serveur charge encore ses données.',
    tooManyClients: ({ said }) => `Toutes les connexions sont prises : ${said}`,
    serverRefused: ({ said }) => `Le serveur refuse : ${said}`,
    otherRole: ({ role }) =>
      role === 'replica'
        ? 'C’est une réplique ; un primaire est attendu.'
        : 'C’est un primaire ; une réplique est attendue.',
    replicasMissing: ({ found, expected }) =>
      `Répliques en ligne : ${numberText('fr', found)} sur ${numberText('fr', expected)} attendues.`,
    linkDown: ({ primary }) => `Cette réplique a perdu son primaire (${primary}).`,
    saveFailed: () => 'Le dernier enregistrement sur disque a échoué.',
  },
};

export const redisTexts = { en, fr };
