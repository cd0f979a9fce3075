import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { queryTexts, type QueryReasons } from '#probe/query-judgement.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import { spanText } from '#probe/value-text.ts';
import { mysqlFields } from './field-texts.ts';
import type { MysqlSettings } from './settings.ts';

export type MysqlReasons = SessionReasons &
  LimitReasons &
  QueryReasons & {
    healthy: { product: string; ms: number };
    queryNotReading: { query: string };
    serverRefused: { said: string; number: number };
    tooManyConnections: { said: string };
    otherRole: { role: string };
    isReadOnly: Record<string, never>;
    isWritable: Record<string, never>;
    replicasMissing: { found: number; expected: number };
    replicationStopped: { source: string; receiving: boolean; applying: boolean; said: string };
    blocked: { waiting: number; seconds: number; limit: number; blockedBy: string };
    rightsMissing: { user: string; said: string };
  };

const metrics = {
  en: {
    connect: 'Connection time',
    signIn: 'Sign-in time',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
    queryValue: 'Own query, value',
    queryTime: 'Own query, time',
    backupAge: 'Age of the last backup',
    uptime: 'Time since the start',
    connections: 'Connections',
    connectionsUsed: 'Connections used',
    active: 'Running threads',
    questions: 'Statements',
    slow: 'Slow queries',
    aborted: 'Aborted connections',
    diskTables: 'Temporary tables on disk',
    deadlocks: 'Deadlocks',
    cacheHit: 'Buffer pool hit ratio',
    waiting: 'Sessions waiting for a lock',
    lockWait: 'Longest wait for a lock',
    transactionAge: 'Oldest transaction',
    queryAge: 'Longest running query',
    replicas: 'Replicas connected',
    lag: 'Replication behind',
    databaseSize: 'Size',
  },
  fr: {
    connect: 'Temps de connexion',
    signIn: 'Temps d’identification',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
    queryValue: 'Requête propre, valeur',
    queryTime: 'Requête propre, durée',
    backupAge: 'Âge de la dernière sauvegarde',
    uptime: 'Temps depuis le démarrage',
    connections: 'Connexions',
    connectionsUsed: 'Connexions utilisées',
    active: 'Fils en cours',
    questions: 'Instructions',
    slow: 'Requêtes lentes',
    aborted: 'Connexions avortées',
    diskTables: 'Tables temporaires sur disque',
    deadlocks: 'Interblocages',
    cacheHit: 'Taux de succès du cache',
    waiting: 'Sessions en attente d’un verrou',
    lockWait: 'Plus longue attente d’un verrou',
    transactionAge: 'Plus ancienne transaction',
    queryAge: 'Plus longue requête en cours',
    replicas: 'Répliques connectées',
    lag: 'Retard de réplication',
    databaseSize: 'Taille',
  },
};

const en: KindTexts<MysqlSettings, MysqlReasons> = {
  name: 'MySQL and MariaDB',
  description: 'Signs in, runs a query, and looks at connections, locks, replication, slow queries and size.',
  fields: mysqlFields.en,
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...limitTexts('en', metrics.en),
    ...queryTexts.en,
    healthy: ({ product, ms }) => `${product} answers and is well (${timeText('en', ms)}).`,
    queryNotReading: ({ query }) =>
      `The query was not sent, because it does not begin like one that only reads: ${query}`,
    serverRefused: ({ said, number }) => `The server refuses: ${said} (${number})`,
    tooManyConnections: ({ said }) => `All connections are taken: ${said}`,
    otherRole: ({ role }) =>
      role === 'replica' ? 'This is a replica; a primary is expected.' : 'This is a primary; a replica is expected.',
    isReadOnly: () => 'The server is read-only; it should be writable.',
    isWritable: () => 'The server is writable; it should be read-only.',
    replicasMissing: ({ found, expected }) =>
      `${numberText('en', found)} of ${numberText('en', expected)} expected replicas are connected.`,
    replicationStopped: ({ source, receiving, said }) =>
      `Replication${source === '' ? '' : ` from ${source}`} has stopped: ${receiving ? 'changes are no longer applied' : 'nothing is received'}${said === '' ? '' : ` (${said})`}.`,
    blocked: ({ waiting, seconds, limit, blockedBy }) =>
      `Sessions waiting for a lock: ${numberText('en', waiting)}, the longest for ${spanText('en', seconds)} (limit ${spanText('en', limit)})${blockedBy === '' ? '' : `, blocked by thread ${blockedBy}`}.`,
    rightsMissing: ({ user, said }) => `Health is hidden from ${user}, see the manual for the rights it needs: ${said}`,
  },
};

const fr: KindTexts<MysqlSettings, MysqlReasons> = {
  name: 'MySQL et MariaDB',
  description:
    'S’identifie, exécute une requête et examine connexions, verrous, réplication, requêtes lentes et taille.',
  fields: mysqlFields.fr,
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...limitTexts('fr', metrics.fr),
    ...queryTexts.fr,
    healthy: ({ product, ms }) => `${product} répond et se porte bien (${timeText('fr', ms)}).`,
    queryNotReading: ({ query }) =>
      `La requête n’a pas été envoyée, car elle ne commence pas comme une simple lecture : ${query}`,
    serverRefused: ({ said, number }) => `Le serveur refuse : ${said} (${number})`,
    tooManyConnections: ({ said }) => `Toutes les connexions sont prises : ${said}`,
    otherRole: ({ role }) =>
      role === 'replica'
        ? 'C’est une réplique ; un primaire est attendu.'
        : 'C’est un primaire ; une réplique est attendue.',
    isReadOnly: () => 'Le serveur est en lecture seule ; il devrait accepter les écritures.',
    isWritable: () => 'Le serveur accepte les écritures ; il devrait être en lecture seule.',
    replicasMissing: ({ found, expected }) =>
      `Répliques connectées : ${numberText('fr', found)} sur ${numberText('fr', expected)} attendues.`,
    replicationStopped: ({ source, receiving, said }) =>
      `La réplication${source === '' ? '' : ` depuis ${source}`} est arrêtée : ${receiving ? 'les changements ne sont plus appliqués' : 'rien n’est reçu'}${said === '' ? '' : ` (${said})`}.`,
    blocked: ({ waiting, seconds, limit, blockedBy }) =>
      `Sessions en attente d’un verrou : ${numberText('fr', waiting)}, la plus longue depuis ${spanText('fr', seconds)} (limite ${spanText('fr', limit)})${blockedBy === '' ? '' : `, à cause du fil ${blockedBy}`}.`,
    rightsMissing: ({ user, said }) =>
      `La santé est cachée à ${user} ; le manuel dit les droits qu’il lui faut : ${said}`,
  },
};

export const mysqlTexts = { en, fr };
