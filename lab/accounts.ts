import { zone } from './plans.ts';

/** Who signs in where in the company, and with what. Nothing of it is worth anything outside the lab. */
export const accounts = {
  /** PostgreSQL on db1: the shop itself. */
  shop: { user: 'shop', password: 'shop-in-the-lab' },
  /** PostgreSQL on db1: its replica db2. */
  replica: { user: 'replica', password: 'copy-in-the-lab' },
  /** PostgreSQL (db1, db2) and MariaDB (maria1): may look and no more. */
  databases: { user: 'vigie', password: 'watch-the-tables' },
  /** Mailboxes on mail1; `small` holds 200 KiB. */
  mail: {
    anna: { user: `anna@${zone}`, password: 'letters-of-anna' },
    vigie: { user: `vigie@${zone}`, password: 'letters-of-vigie' },
    small: { user: `boris@${zone}`, password: 'letters-of-boris' },
  },
  /** OpenLDAP on dir1. */
  directory: {
    base: 'dc=lab,dc=vigie,dc=test',
    reader: { user: 'cn=vigie,dc=lab,dc=vigie,dc=test', password: 'read-the-people' },
    admin: { user: 'cn=admin,dc=lab,dc=vigie,dc=test', password: 'rule-the-people' },
  },
  /** Redis on cache1 knows a password and no names. */
  cache: { password: 'open-the-cache' },
  /** FTP on files1. */
  files: { user: 'courier', password: 'carry-the-files' },
  /** Mosquitto on net1. */
  messages: { user: 'vigie', password: 'hear-the-rooms' },
  /** The agents of the hosts, v2c and v3. The devices of net1 are asked for by their names instead. */
  snmp: { community: 'lab-reader', user: 'watcher', authPassword: 'authentic1', privPassword: 'encrypted1' },
} as const;
