import type { MailRule, MailVerdict } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { rulingOf, usualDefaults, type Ruling } from './mail-rules.ts';
import { mailboxStore } from './store-mailboxes.ts';
import { mailFacts, type MailInRow } from './store-mail-in.ts';
import { mailListStore } from './store-mail-lists.ts';
import { mailSettingStore } from './store-mail-settings.ts';
import { settingStore } from '../many/store-settings.ts';

/** So many of the newest are looked at, and so many of those that would change are shown. */
const mostLooked = 5_000;
const mostShown = 200;
const dayMs = 24 * 3_600_000;

/** A mail is another one when it ends elsewhere; by which rules it got there is told, and no change by itself. */
function endOf(ruling: Ruling): string {
  return JSON.stringify({ ...ruling, rules: [] });
}

/** What changed rules would have made of the mails that came; nothing is done. */
export async function replayRules(
  { db, clock }: { readonly db: Database<'desk'>; readonly clock: Clock },
  { items: wanted, days }: { readonly items: readonly MailRule[]; readonly days: number },
  language: Language,
) {
  const since = new Date(clock.now().getTime() - days * dayMs);
  const rows = await mailListStore(db).begun(since, mostLooked + 1);
  const now = await mailSettingStore(db).rules();
  const mailboxes = new Map((await mailboxStore(db).all()).map((each) => [each.id, each]));
  const categories = new Map((await settingStore(db).categories()).map(({ id, name }) => [id, name[language]]));
  const teamIds = [...wanted, ...now].flatMap(({ effects }) => (effects.teamId === undefined ? [] : [effects.teamId]));
  const ofMailboxes = [...mailboxes.values()].flatMap(({ teamId }) => (teamId === null ? [] : [teamId]));
  const teams = await mailSettingStore(db).teamNames([...new Set([...teamIds, ...ofMailboxes])]);
  const rule = (rules: readonly MailRule[], row: MailInRow): Ruling => {
    const facts = mailFacts.parse(row.facts);
    const mailbox = row.mailbox_id === null ? undefined : mailboxes.get(row.mailbox_id);
    return rulingOf(rules, mailbox ?? usualDefaults, {
      mailboxId: row.mailbox_id,
      from: `${row.from_name} ${row.from_address}`,
      to: [...facts.to, ...row.envelope_to],
      subject: row.subject,
      words: facts.words,
      kind: row.kind,
      isReply: facts.references.length > 0,
    });
  };
  const verdict = ({ teamId, categoryId, ...rest }: Ruling): MailVerdict => ({
    becomes: rest.becomes,
    kind: rest.kind,
    team: teamId === null ? null : (teams.get(teamId) ?? null),
    category: categoryId === null ? null : (categories.get(categoryId) ?? null),
    priority: rest.priority,
    tags: [...rest.tags],
    confirms: rest.confirms,
    rules: [...rest.rules],
  });
  const looked = rows.slice(0, mostLooked);
  const changed = looked.flatMap((row) => {
    const [before, after] = [rule(now, row), rule(wanted, row)];
    return endOf(before) === endOf(after) ? [] : [{ row, before, after }];
  });
  return {
    looked: looked.length,
    changed: changed.length,
    more: rows.length > mostLooked,
    items: changed.slice(0, mostShown).map(({ row, before, after }) => ({
      mailId: row.id,
      at: row.received_at.toISOString(),
      from: row.from_name === '' ? row.from_address : `${row.from_name} <${row.from_address}>`,
      subject: row.subject,
      before: verdict(before),
      after: verdict(after),
    })),
  };
}
