import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { channel as channelWords, mailServer as mailServerWords, type Channel } from '#contract/notify.ts';
import { language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';

/** More channels than this are not read. */
const mostChannels = 500;
const channelName = 'channel_name';

/** A channel as the acts see it. Its language is its person's when it has one. */
export interface ChannelRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: Channel['kind'];
  /** Where it leads, as much of it as may be shown. */
  readonly destination: string;
  /** What is no secret of its settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** JSON of its secret settings; of a webhook added long ago, its address alone. */
  readonly secretsSealed: Buffer | null;
  readonly language: Channel['language'];
  readonly personId: string | null;
  readonly own: boolean;
  /** What was said of the channel itself; `active` is false too when its person may no longer sign in. */
  readonly switchedOn: boolean;
  readonly active: boolean;
  readonly activeSince: Date;
  readonly everything: boolean;
  readonly leastPriority: Channel['from'];
  /** 0: no reminders. */
  readonly reminderMinutes: number;
  readonly afterMinutes: number;
  readonly stormNotices: number;
  readonly stormMinutes: number;
  readonly createdAt: Date;
}

export type NewChannel = Omit<ChannelRecord, 'active'>;

export type ChannelChange = Partial<Omit<NewChannel, 'id' | 'kind' | 'personId' | 'own' | 'createdAt'>>;

const settingsWords = z.record(z.string(), z.unknown());

type ChannelRow = Selectable<Tables<'notify'>['notify.channel']> & {
  person_language: string | null;
  person_active: boolean | null;
};

function toChannel(row: ChannelRow): ChannelRecord {
  return {
    id: row.id,
    name: row.name,
    kind: channelWords.shape.kind.parse(row.kind),
    destination: row.destination,
    settings: settingsWords.parse(row.settings),
    secretsSealed: row.secrets_sealed,
    language: language.parse(row.person_language ?? row.language),
    personId: row.person_id,
    own: row.own,
    switchedOn: row.active,
    active: row.active && row.person_active !== false,
    activeSince: row.active_since,
    everything: row.everything,
    leastPriority: channelWords.shape.from.parse(row.least_priority),
    reminderMinutes: row.reminder_minutes,
    afterMinutes: row.after_minutes,
    stormNotices: row.storm_notices,
    stormMinutes: row.storm_minutes,
    createdAt: row.created_at,
  };
}

function toRow(channel: ChannelChange) {
  return {
    name: channel.name,
    destination: channel.destination,
    settings: channel.settings === undefined ? undefined : JSON.stringify(channel.settings),
    secrets_sealed: channel.secretsSealed,
    language: channel.language,
    active: channel.switchedOn,
    active_since: channel.activeSince,
    everything: channel.everything,
    least_priority: channel.leastPriority,
    reminder_minutes: channel.reminderMinutes,
    after_minutes: channel.afterMinutes,
    storm_notices: channel.stormNotices,
    storm_minutes: channel.stormMinutes,
  };
}

function channelReader(db: Database<'notify'>) {
  const whole = db
    .selectFrom('notify.channel as channel')
    .leftJoin('people.pub_person as person', 'person.id', 'channel.person_id')
    .selectAll('channel')
    .select(['person.language as person_language', 'person.active as person_active']);
  return {
    async all(): Promise<ChannelRecord[]> {
      const rows = await whole.orderBy('channel.name').limit(mostChannels).execute();
      return rows.map(toChannel);
    },
    async get(id: string): Promise<ChannelRecord | null> {
      const row = await whole.where('channel.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toChannel(row);
    },
    /** The newest delivery of each channel. */
    async lastDeliveries(): Promise<ReadonlyMap<string, NonNullable<Channel['lastDelivery']>>> {
      const { rows } = await sql<{ channel_id: string; at: Date; state: string }>`
        select channel.id as channel_id, last.at, last.state from notify.channel
        cross join lateral (
          select at, state from notify.delivery d where d.channel_id = channel.id order by at desc limit 1
        ) last`.execute(db);
      const state = channelWords.shape.lastDelivery.unwrap().shape.state;
      return new Map(rows.map((row) => [row.channel_id, { at: row.at.toISOString(), state: state.parse(row.state) }]));
    },
    async personExists(id: string): Promise<boolean> {
      const row = await db.selectFrom('people.pub_person').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },
  };
}

function channelWriter(db: Database<'notify'>) {
  return {
    /** Returns false when the name is taken. */
    async add(channel: NewChannel): Promise<boolean> {
      const row = await db
        .insertInto('notify.channel')
        .values({
          id: channel.id,
          kind: channel.kind,
          person_id: channel.personId,
          own: channel.own,
          created_at: channel.createdAt,
          name: channel.name,
          destination: channel.destination,
          settings: JSON.stringify(channel.settings),
          secrets_sealed: channel.secretsSealed,
          language: channel.language,
          active: channel.switchedOn,
          active_since: channel.activeSince,
          everything: channel.everything,
          least_priority: channel.leastPriority,
          reminder_minutes: channel.reminderMinutes,
          after_minutes: channel.afterMinutes,
          storm_notices: channel.stormNotices,
          storm_minutes: channel.stormMinutes,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Returns false when the name is taken. What is undefined is left as it is; there is something to change. */
    async change(id: string, change: ChannelChange): Promise<boolean> {
      try {
        await db.updateTable('notify.channel').set(toRow(change)).where('id', '=', id).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, channelName)) return false;
        throw error;
      }
    },
    /** False when there was none. */
    async remove(id: string): Promise<boolean> {
      const row = await db.deleteFrom('notify.channel').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** All SQL about channels. */
export function channelStore(db: Database<'notify'>) {
  return { ...channelReader(db), ...channelWriter(db) };
}

/** The outgoing mail server as it is stored. */
export interface MailServerRecord {
  readonly host: string;
  readonly port: number;
  readonly security: 'none' | 'starttls' | 'tls';
  readonly user: string;
  readonly passwordSealed: Buffer | null;
  readonly from: string;
  readonly caPem: string;
}

/** All SQL about the outgoing mail server. */
export function mailServerStore(db: Database<'notify'>) {
  return {
    async get(): Promise<MailServerRecord | null> {
      const row = await db.selectFrom('notify.mail_server').selectAll().executeTakeFirst();
      if (row === undefined) return null;
      return {
        host: row.host,
        port: row.port,
        security: mailServerWords.shape.security.parse(row.security),
        user: row.user_name,
        passwordSealed: row.password_sealed,
        from: row.from_address,
        caPem: row.ca_pem,
      };
    },
    async set({ host, port, security, user, passwordSealed, from, caPem }: MailServerRecord): Promise<void> {
      const values = {
        host,
        port,
        security,
        user_name: user,
        password_sealed: passwordSealed,
        from_address: from,
        ca_pem: caPem,
      };
      await db
        .insertInto('notify.mail_server')
        .values(values)
        .onConflict((conflict) => conflict.column('one').doUpdateSet(values))
        .execute();
    },
  };
}
