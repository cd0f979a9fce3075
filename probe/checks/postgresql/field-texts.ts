import type { Language } from '#contract/words.ts';
import type { FieldText } from '#probe/check-kind.ts';
import { queryFields } from '#probe/query-judgement.ts';
import { sessionFields } from '#probe/session-fields.ts';
import type { PostgresqlSettings } from './settings.ts';

type Fields = { readonly [Field in keyof PostgresqlSettings]: FieldText };

const en: Fields = {
  ...sessionFields.en,
  ...queryFields.en,
  database: { label: 'Database', help: 'The database to sign in to; size and cache counters of it are read.' },
  depth: {
    label: 'Look at',
    help: 'Health needs the role pg_monitor; connection and query need none.',
    options: { query: 'Connection and own query only', health: 'Health of the server too' },
  },
  maxConnectionsPercent: { label: 'Limit: connections used (%)', help: 'Of max_connections. 0 for none.' },
  maxLockWaitSeconds: { label: 'Limit: wait for a lock (s)', help: 'The longest wait of any session. 0 for none.' },
  maxWaiting: { label: 'Limit: waiting sessions', help: 'Sessions that wait for a lock at once. 0 for none.' },
  maxTransactionSeconds: { label: 'Limit: oldest transaction (s)', help: 'It keeps dead rows alive. 0 for none.' },
  maxIdleInTransactionSeconds: {
    label: 'Limit: idle in a transaction (s)',
    help: 'A client that opened a transaction and does nothing. 0 for none.',
  },
  maxQuerySeconds: { label: 'Limit: running query (s)', help: 'The query that has run longest. 0 for none.' },
  maxStatementMs: {
    label: 'Limit: mean statement time (ms)',
    help: 'Since the last run; needs the extension pg_stat_statements in this database. 0 for none.',
  },
  minCacheHitPercent: { label: 'Limit: cache hits below (%)', help: 'Since the last run. 0 for none.' },
  maxDeadlocksPerHour: { label: 'Limit: deadlocks per hour', help: 'Rate since the last run. 0 for none.' },
  maxTempMibPerSecond: { label: 'Limit: temporary files (MiB/s)', help: 'Rate since the last run. 0 for none.' },
  maxSizeGib: { label: 'Limit: database size (GiB)', help: 'Of the database signed in to. 0 for none.' },
  maxAgePercent: {
    label: 'Limit: transaction numbers used (%)',
    help: 'How near the oldest database is to the wraparound, which stops the server. 0 for none.',
  },
  role: {
    label: 'Expected role',
    help: 'Down when the server has the other role: it was switched over.',
    options: { any: 'Any', primary: 'Primary', standby: 'Standby' },
  },
  standbysExpected: { label: 'Standbys expected', help: 'Down when fewer are streaming. 0 expects none.' },
  maxLagMib: { label: 'Limit: replication behind (MiB)', help: 'For each standby, and for replay. 0 for none.' },
  maxLagSeconds: { label: 'Limit: replication behind (s)', help: 'For each standby, and for replay. 0 for none.' },
  backup: {
    label: 'Backup is judged by',
    help: 'The archiver of WAL files, or a query that gives the moment of the last backup.',
    options: { none: 'Nothing', archiver: 'WAL archiving', query: 'A query' },
  },
  showStatements: {
    label: 'Show statements',
    help: 'The evidence then holds the beginning of statements that wait for a lock, with the data in them.',
  },
};

const fr: Fields = {
  ...sessionFields.fr,
  ...queryFields.fr,
  database: { label: 'Base', help: 'La base à laquelle se connecter ; sa taille et ses compteurs sont lus.' },
  depth: {
    label: 'Regarder',
    help: 'La santé demande le rôle pg_monitor ; la connexion et la requête n’en demandent aucun.',
    options: { query: 'La connexion et la requête seulement', health: 'Aussi la santé du serveur' },
  },
  maxConnectionsPercent: { label: 'Limite : connexions utilisées (%)', help: 'De max_connections. 0 : aucune.' },
  maxLockWaitSeconds: { label: 'Limite : attente d’un verrou (s)', help: 'La plus longue attente. 0 : aucune.' },
  maxWaiting: {
    label: 'Limite : sessions en attente',
    help: 'Sessions qui attendent un verrou à la fois. 0 : aucune.',
  },
  maxTransactionSeconds: {
    label: 'Limite : plus ancienne transaction (s)',
    help: 'Elle garde en vie des lignes mortes. 0 : aucune.',
  },
  maxIdleInTransactionSeconds: {
    label: 'Limite : inactivité dans une transaction (s)',
    help: 'Un client qui a ouvert une transaction et ne fait rien. 0 : aucune.',
  },
  maxQuerySeconds: { label: 'Limite : requête en cours (s)', help: 'La requête qui dure le plus. 0 : aucune.' },
  maxStatementMs: {
    label: 'Limite : durée moyenne (ms)',
    help: 'Depuis le passage précédent ; demande l’extension pg_stat_statements dans cette base. 0 : aucune.',
  },
  minCacheHitPercent: { label: 'Limite : succès du cache sous (%)', help: 'Depuis le passage précédent. 0 : aucune.' },
  maxDeadlocksPerHour: { label: 'Limite : interblocages par heure', help: 'Depuis le passage précédent. 0 : aucune.' },
  maxTempMibPerSecond: {
    label: 'Limite : fichiers temporaires (Mio/s)',
    help: 'Depuis le passage précédent. 0 : aucune.',
  },
  maxSizeGib: { label: 'Limite : taille de la base (Gio)', help: 'De la base à laquelle on se connecte. 0 : aucune.' },
  maxAgePercent: {
    label: 'Limite : numéros de transaction (%)',
    help: 'À quel point la base la plus ancienne approche du rebouclage, qui arrête le serveur. 0 : aucune.',
  },
  role: {
    label: 'Rôle attendu',
    help: 'En panne si le serveur a l’autre rôle : il a été basculé.',
    options: { any: 'N’importe lequel', primary: 'Primaire', standby: 'Secondaire' },
  },
  standbysExpected: { label: 'Secondaires attendus', help: 'En panne quand moins suivent en flux. 0 : aucun attendu.' },
  maxLagMib: {
    label: 'Limite : retard de réplication (Mio)',
    help: 'Pour chaque secondaire et pour le rejeu. 0 : aucune.',
  },
  maxLagSeconds: {
    label: 'Limite : retard de réplication (s)',
    help: 'Pour chaque secondaire et pour le rejeu. 0 : aucune.',
  },
  backup: {
    label: 'La sauvegarde est jugée par',
    help: 'L’archivage des fichiers WAL, ou une requête qui donne le moment de la dernière sauvegarde.',
    options: { none: 'Rien', archiver: 'L’archivage WAL', query: 'Une requête' },
  },
  showStatements: {
    label: 'Montrer les instructions',
    help: 'L’évidence contient alors le début des instructions qui attendent un verrou, avec leurs données.',
  },
};

/** Words for the settings, in both languages. */
export const postgresqlFields: Readonly<Record<Language, Fields>> = { en, fr };
