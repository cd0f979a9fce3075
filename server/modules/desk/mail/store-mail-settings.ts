import { z } from 'zod';
import { mailConditions, mailEffects, mailListener, mailTrouble, type MailRule } from '#contract/desk-mail-words.ts';
import type { Database } from '#platform/database.ts';
import type { WayRecord } from './store-mailboxes.ts';

const listenerWords = mailListener.omit({ key: true });

/** The desk's own mail server as it is set up, its key sealed. */
export type ListenerRecord = z.infer<typeof listenerWords> & {
  readonly keySealed: Buffer | null;
  readonly state: WayRecord;
};

function listenerStore(db: Database<'desk'>) {
  return {
    async listener(): Promise<ListenerRecord | null> {
      const row = await db.selectFrom('desk.mail_listener').selectAll().executeTakeFirst();
      if (row === undefined) return null;
      return {
        ...listenerWords.parse(row),
        keySealed: row.key_sealed,
        state: { trouble: mailTrouble.catch('').parse(row.trouble), said: row.said, at: row.at },
      };
    },
    async setListener(one: Omit<ListenerRecord, 'state'>): Promise<void> {
      const values = {
        active: one.active,
        protocol: one.protocol,
        host: one.host,
        port: one.port,
        name: one.name,
        certificate: one.certificate,
        key_sealed: one.keySealed,
      };
      await db
        .insertInto('desk.mail_listener')
        .values({ one: true, ...values })
        .onConflict((conflict) => conflict.column('one').doUpdateSet(values))
        .execute();
    },
    async noteListener({ trouble, said, at }: WayRecord): Promise<void> {
      await db.updateTable('desk.mail_listener').set({ trouble, said, at }).execute();
    },
  };
}

function keyStore(db: Database<'desk'>) {
  return {
    async keys(): Promise<{ letter: string; sealed: Buffer }[]> {
      return db.selectFrom('desk.mail_key').select(['letter', 'sealed']).orderBy('made_at', 'desc').limit(20).execute();
    },
    async addKey(letter: string, sealed: Buffer, at: Date): Promise<void> {
      await db
        .insertInto('desk.mail_key')
        .values({ letter, sealed, made_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function ruleStore(db: Database<'desk'>) {
  return {
    async rules(): Promise<MailRule[]> {
      const rows = await db.selectFrom('desk.mail_rule').selectAll().orderBy('position').limit(200).execute();
      return rows.map(({ id, name, active, conditions, effects }) => ({
        id,
        name,
        active,
        when: mailConditions.parse(conditions),
        effects: mailEffects.parse(effects),
      }));
    },
    async setRules(rules: readonly MailRule[]): Promise<void> {
      await db.deleteFrom('desk.mail_rule').execute();
      if (rules.length === 0) return;
      await db
        .insertInto('desk.mail_rule')
        .values(
          rules.map(({ id, name, active, when, effects }, position) => ({
            id,
            position,
            name,
            active,
            conditions: JSON.stringify(when),
            effects: JSON.stringify(effects),
          })),
        )
        .execute();
    },
    async teamNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('people.pub_team')
        .select(['id', 'name'])
        .where('id', 'in', [...ids])
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}

/** All SQL about the own mail server, the keys that sign, and rules. */
export function mailSettingStore(db: Database<'desk'>) {
  return { ...listenerStore(db), ...keyStore(db), ...ruleStore(db) };
}
