import type { KindTexts } from '#probe/check-kind.ts';
import type { LimitReasons } from '#probe/limit-reasons.ts';
import { limitTexts } from '#probe/limit-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { queryTexts, type QueryReasons } from '#probe/query-judgement.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import { spanText } from '#probe/value-text.ts';
import { postgresqlFields } from './field-texts.ts';
import type { PostgresqlSettings } from './settings.ts';

export type PostgresqlReasons = SessionReasons &
  LimitReasons &
  QueryReasons & {
    healthy: { version: string; ms: number };
    serverRefused: { said: string; state: string };
    tooManyConnections: { said: string };
    starting: { said: string };
    otherRole: { role: string };
    standbysMissing: { found: number; expected: number };
    notStreaming: { state: string };
    replayPaused: Record<string, never>;
    archivingFails: { failures: number };
    neverArchived: Record<string, never>;
    blocked: { waiting: number; seconds: number; limit: number; blockedBy: string };
    rightsMissing: { user: string };
  };

const metrics = {
  en: {
    connect: 'Connection time',
    signIn: 'Sign-in time',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
    queryValue: 'Own query, value',
    queryTime: 'Own query, time',
    uptime: 'Time since the start',
    connections: 'Connections',
    connectionsUsed: 'Connections used',
    active: 'Active sessions',
    waiting: 'Sessions waiting for a lock',
    lockWait: 'Longest wait for a lock',
    transactionAge: 'Oldest transaction',
    idleInTransactionAge: 'Longest idle in a transaction',
    queryAge: 'Longest running query',
    transactions: 'Transactions',
    deadlocks: 'Deadlocks',
    tempBytes: 'Temporary files written',
    cacheHit: 'Cache hit ratio',
    databaseSize: 'Database size',
    databaseGrowth: 'Database growth',
    statementTime: 'Mean time of a statement',
    rowsReadWhole: 'Rows read without an index',
    wraparound: 'Transaction numbers used up',
    standbys: 'Standbys streaming',
    standbyLagBytes: 'Standby behind, bytes',
    standbyLag: 'Standby behind, time',
    replayLagBytes: 'Replay behind, bytes',
    replayLag: 'Replay behind, time',
    slotRetained: 'Kept back by replication slots',
    archiveAge: 'Since the last archived file',
    backupAge: 'Age of the last backup',
  },
  fr: {
    connect: 'Temps de connexion',
    signIn: 'Temps d’identification',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
    queryValue: 'Requête propre, valeur',
    queryTime: 'Requête propre, durée',
    uptime: 'Temps depuis le démarrage',
    connections: 'Connexions',
    connectionsUsed: 'Connexions utilisées',
    active: 'Sessions actives',
    waiting: 'Sessions en attente d’un verrou',
    lockWait: 'Plus longue attente d’un verrou',
    transactionAge: 'Plus ancienne transaction',
    idleInTransactionAge: 'Plus longue inactivité dans une transaction',
    queryAge: 'Plus longue requête en cours',
    transactions: 'Transactions',
    deadlocks: 'Interblocages',
    tempBytes: 'Fichiers temporaires écrits',
    cacheHit: 'Taux de succès du cache',
    databaseSize: 'Taille de la base',
    databaseGrowth: 'Croissance de la base',
    statementTime: 'Durée moyenne d’une instruction',
    rowsReadWhole: 'Lignes lues sans index',
    wraparound: 'Numéros de transaction consommés',
    standbys: 'Serveurs secondaires en flux',
    standbyLagBytes: 'Retard du secondaire, octets',
    standbyLag: 'Retard du secondaire, temps',
    replayLagBytes: 'Retard du rejeu, octets',
    replayLag: 'Retard du rejeu, temps',
    slotRetained: 'Retenu par les slots de réplication',
    archiveAge: 'Depuis le dernier fichier archivé',
    backupAge: 'Âge de la dernière sauvegarde',
  },
};

const en: KindTexts<PostgresqlSettings, PostgresqlReasons> = {
  name: 'PostgreSQL',
  description: 'Signs in, runs a query, and looks at connections, locks, replication, size and backups.',
  fields: postgresqlFields.en,
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...queryTexts.en,
    ...limitTexts('en', metrics.en),
    healthy: ({ version, ms }) => `PostgreSQL ${version} answers and is well (${timeText('en', ms)}).`,
    serverRefused: ({ said, state }) => `The server refuses: ${said} (${state})`,
    tooManyConnections: ({ said }) => `All connections are taken: ${said}`,
    starting: ({ said }) => `The server is not ready for work: ${said}`,
    otherRole: ({ role }) =>
      role === 'standby' ? 'This is a standby; a primary is expected.' : 'This is a primary; a standby is expected.',
    standbysMissing: ({ found, expected }) =>
      `${numberText('en', found)} of ${numberText('en', expected)} expected standbys are streaming.`,
    notStreaming: ({ state }) =>
      state === ''
        ? 'This standby receives nothing from its primary.'
        : `This standby is not streaming from its primary (${state}).`,
    replayPaused: () => 'Replay is paused on this standby.',
    archivingFails: ({ failures }) => `Archiving of WAL files fails (${numberText('en', failures)} failures so far).`,
    neverArchived: () => 'No WAL file has been archived since the server’s statistics began.',
    blocked: ({ waiting, seconds, limit, blockedBy }) =>
      `Sessions waiting for a lock: ${numberText('en', waiting)}, the longest for ${spanText('en', seconds)} (limit ${spanText('en', limit)})${blockedBy === '' ? '' : `, blocked by process ${blockedBy}`}.`,
    rightsMissing: ({ user }) =>
      `Much is hidden from ${user}: it needs GRANT pg_monitor TO ${user}, or the check limited to connection and query.`,
  },
};

const fr: KindTexts<PostgresqlSettings, PostgresqlReasons> = {
  name: 'PostgreSQL',
  description: 'S’identifie, exécute une requête et examine connexions, verrous, réplication, taille et sauvegardes.',
  fields: postgresqlFields.fr,
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...queryTexts.fr,
    ...limitTexts('fr', metrics.fr),
    healthy: ({ version, ms }) => `PostgreSQL ${version} répond et se porte bien (${timeText('fr', ms)}).`,
    serverRefused: ({ said, state }) => `Le serveur refuse : ${said} (${state})`,
    tooManyConnections: ({ said }) => `Toutes les connexions sont prises : ${said}`,
    starting: ({ said }) => `Le serveur n’est pas prêt à travailler : ${said}`,
    otherRole: ({ role }) =>
      role === 'standby'
        ? 'C’est un serveur secondaire ; un primaire est attendu.'
        : 'C’est un serveur primaire ; un secondaire est attendu.',
    standbysMissing: ({ found, expected }) =>
      `Serveurs secondaires en flux : ${numberText('fr', found)} sur ${numberText('fr', expected)} attendus.`,
    notStreaming: ({ state }) =>
      state === ''
        ? 'Ce serveur secondaire ne reçoit rien de son primaire.'
        : `Ce serveur secondaire ne suit pas son primaire en flux (${state}).`,
    replayPaused: () => 'Le rejeu est suspendu sur ce serveur secondaire.',
    archivingFails: ({ failures }) =>
      `L’archivage des fichiers WAL échoue (échecs jusqu’ici : ${numberText('fr', failures)}).`,
    neverArchived: () => 'Aucun fichier WAL n’a été archivé depuis le début des statistiques du serveur.',
    blocked: ({ waiting, seconds, limit, blockedBy }) =>
      `Sessions en attente d’un verrou : ${numberText('fr', waiting)}, la plus longue depuis ${spanText('fr', seconds)} (limite ${spanText('fr', limit)})${blockedBy === '' ? '' : `, à cause du processus ${blockedBy}`}.`,
    rightsMissing: ({ user }) =>
      `Beaucoup est caché à ${user} : il lui faut GRANT pg_monitor TO ${user}, ou limiter le contrôle à la connexion et à la requête.`,
  },
};

export const postgresqlTexts = { en, fr };
