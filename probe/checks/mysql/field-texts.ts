import type { Language } from '#contract/words.ts';
import type { FieldText } from '#probe/check-kind.ts';
import { queryFields } from '#probe/query-judgement.ts';
import { sessionFields } from '#probe/session-fields.ts';
import type { MysqlSettings } from './settings.ts';

type Fields = { readonly [Field in keyof MysqlSettings]: FieldText };

const en: Fields = {
  ...sessionFields.en,
  ...queryFields.en,
  database: {
    label: 'Database',
    help: 'The database to sign in to and to measure. Empty takes none and measures all.',
  },
  passwordAnyway: {
    label: 'Send the password even so',
    help: 'Allows ways of signing in that reveal the password to whoever answers, when the certificate is not verified.',
  },
  depth: {
    label: 'Look at',
    help: 'Health needs the rights that the manual names; connection and query need none.',
    options: { query: 'Connection and own query only', health: 'Health of the server too' },
  },
  maxConnectionsPercent: { label: 'Limit: connections used (%)', help: 'Of max_connections. 0 for none.' },
  maxLockWaitSeconds: { label: 'Limit: wait for a lock (s)', help: 'The longest wait of any session. 0 for none.' },
  maxTransactionSeconds: { label: 'Limit: oldest transaction (s)', help: 'Of InnoDB. 0 for none.' },
  maxQuerySeconds: { label: 'Limit: running query (s)', help: 'The query that has run longest. 0 for none.' },
  maxSlowPerMinute: { label: 'Limit: slow queries per minute', help: 'As the server counts them. 0 for none.' },
  maxAbortedPerMinute: { label: 'Limit: aborted connections per minute', help: 'Failed attempts. 0 for none.' },
  minCacheHitPercent: { label: 'Limit: buffer pool hits below (%)', help: 'Since the last run. 0 for none.' },
  maxSizeGib: { label: 'Limit: size (GiB)', help: 'Data and indexes. 0 for none.' },
  role: {
    label: 'Expected role',
    help: 'Down when the server has the other role: a replica is one that has a source.',
    options: { any: 'Any', primary: 'Primary', replica: 'Replica' },
  },
  access: {
    label: 'Expected access',
    help: 'Down when the server can be written to and should not, or the other way round.',
    options: { any: 'Any', writable: 'Writable', readOnly: 'Read-only' },
  },
  replicasExpected: { label: 'Replicas expected', help: 'Down when fewer are connected. 0 expects none.' },
  maxLagSeconds: { label: 'Limit: replication behind (s)', help: 'For each source of a replica. 0 for none.' },
};

const fr: Fields = {
  ...sessionFields.fr,
  ...queryFields.fr,
  database: { label: 'Base', help: 'La base à laquelle se connecter et à mesurer. Vide : aucune, et toutes mesurées.' },
  passwordAnyway: {
    label: 'Envoyer quand même le mot de passe',
    help: 'Permet les identifications qui révèlent le mot de passe à qui répond, quand le certificat n’est pas vérifié.',
  },
  depth: {
    label: 'Regarder',
    help: 'La santé demande les droits que dit le manuel ; la connexion et la requête n’en demandent aucun.',
    options: { query: 'La connexion et la requête seulement', health: 'Aussi la santé du serveur' },
  },
  maxConnectionsPercent: { label: 'Limite : connexions utilisées (%)', help: 'De max_connections. 0 : aucune.' },
  maxLockWaitSeconds: { label: 'Limite : attente d’un verrou (s)', help: 'La plus longue attente. 0 : aucune.' },
  maxTransactionSeconds: { label: 'Limite : plus ancienne transaction (s)', help: 'D’InnoDB. 0 : aucune.' },
  maxQuerySeconds: { label: 'Limite : requête en cours (s)', help: 'La requête qui dure le plus. 0 : aucune.' },
  maxSlowPerMinute: { label: 'Limite : requêtes lentes par minute', help: 'Comme le serveur les compte. 0 : aucune.' },
  maxAbortedPerMinute: { label: 'Limite : connexions avortées par minute', help: 'Tentatives manquées. 0 : aucune.' },
  minCacheHitPercent: { label: 'Limite : succès du cache sous (%)', help: 'Depuis le passage précédent. 0 : aucune.' },
  maxSizeGib: { label: 'Limite : taille (Gio)', help: 'Données et index. 0 : aucune.' },
  role: {
    label: 'Rôle attendu',
    help: 'En panne si le serveur a l’autre rôle : une réplique est celui qui a une source.',
    options: { any: 'N’importe lequel', primary: 'Primaire', replica: 'Réplique' },
  },
  access: {
    label: 'Accès attendu',
    help: 'En panne si le serveur accepte les écritures et ne devrait pas, ou l’inverse.',
    options: { any: 'N’importe lequel', writable: 'En écriture', readOnly: 'En lecture seule' },
  },
  replicasExpected: {
    label: 'Répliques attendues',
    help: 'En panne quand moins sont connectées. 0 : aucune attendue.',
  },
  maxLagSeconds: { label: 'Limite : retard de réplication (s)', help: 'Pour chaque source. 0 : aucune.' },
};

/** Words for the settings, in both languages. */
export const mysqlFields: Readonly<Record<Language, Fields>> = { en, fr };
