import type { desk } from '#contract/desk-requests.ts';
import type { Mailbox } from '#contract/desk-mail-words.ts';
import { secretMark, type Language } from '#contract/words.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { askConsent, hearConsent } from './ask-consent.ts';
import { adoptSender, mailToTicket, readAgain, sendAgain, trustWriter } from './handle-mail.ts';
import { readerOf, whoIs } from '../tickets/handlers-tickets.ts';
import { consentOf, keepMailbox, shownMailbox } from './keep-mailbox.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { tellWay } from './mail-trouble.ts';
import { mailUse } from './mail-vault.ts';
import { readMail } from './read-mail.ts';
import { readSheet } from '../tickets/read-sheet.ts';
import { replayRules } from './replay-rules.ts';
import { mailOfTicket, showMail, tellReason } from './show-mail.ts';
import { mailboxStore, type MailboxRecord } from './store-mailboxes.ts';
import { mailListStore } from './store-mail-lists.ts';
import { mailSettingStore, type ListenerRecord } from './store-mail-settings.ts';
import { settingStore } from '../many/store-settings.ts';
import { testMailbox } from './test-mailbox.ts';

type Desk = Handlers<typeof desk>;

function mailboxHandlers(parts: MailParts): Desk['mailboxes'] {
  const { db, transact } = parts;
  const told = (one: MailboxRecord, language: Language): Mailbox => shownMailbox(one, consentOf(parts, one), language);
  const known = async (id: string): Promise<MailboxRecord> =>
    (await mailboxStore(db).get(id)) ?? Promise.reject(new Refusal('not_found'));
  return {
    list: async (_input, { language }) => ({
      items: (await mailboxStore(db).all()).map((each) => told(each, language)),
    }),
    get: async ({ id }, { language }) => told(await known(id), language),
    async put(input, { language }) {
      await keepMailbox(parts, input);
      return told(await known(input.id), language);
    },
    async remove({ id }) {
      await transact(async (unit) => {
        if (!(await mailboxStore(unit.db).remove(id))) throw new Refusal('not_found');
        await unit.live('desk.mailbox', id);
        await unit.wake(mailDuty.watch);
      });
      return {};
    },
    test: async ({ id }, { language }, signal) => testMailbox(parts, await known(id), { language, signal }),
    consent: ({ id }, _caller, signal) => askConsent(parts, id, signal),
    consented: ({ id }, _caller, signal) => hearConsent(parts, id, signal),
  };
}

function shownListener({ keySealed, state, ...open }: ListenerRecord, language: Language) {
  return { ...open, key: keySealed === null ? '' : secretMark, state: tellWay(state, language) };
}

function listenerHandlers({ db, transact, vault }: MailParts): Desk['mailListener'] {
  return {
    async get(_input, { language }) {
      const found = await mailSettingStore(db).listener();
      return found === null ? null : shownListener(found, language);
    },
    async set({ key, ...open }, { language }) {
      const kept = await transact(async (unit) => {
        const store = mailSettingStore(unit.db);
        const before = await store.listener();
        const keySealed =
          key === '' ? null : key === secretMark ? (before?.keySealed ?? null) : vault.seal(key, mailUse.listener);
        await store.setListener({ ...open, keySealed });
        await unit.live('desk.mailbox', null);
        await unit.wake(mailDuty.watch);
        return store.listener();
      });
      if (kept === null) throw new Error('the mail server that was just kept is gone');
      return shownListener(kept, language);
    },
  };
}

function ruleHandlers(parts: MailParts): Desk['mailRules'] {
  const { db, transact } = parts;
  return {
    list: async () => ({ items: await mailSettingStore(db).rules() }),
    set: async ({ items }) =>
      transact(async (unit) => {
        const settings = settingStore(unit.db);
        for (const { effects } of items) {
          if (effects.teamId !== undefined && (await settings.team(effects.teamId)) === null)
            throw new Refusal('not_found');
          if (effects.categoryId !== undefined && (await settings.category(effects.categoryId)) === null)
            throw new Refusal('not_found');
        }
        // One that is named twice is one.
        const once = [...new Map(items.map((each) => [each.id, each])).values()];
        await mailSettingStore(unit.db).setRules(once);
        await unit.live('desk.mailRule', null);
        return { items: once };
      }),
    replay: (input, { language }) => replayRules(parts, input, language),
  };
}

function mailHandlers(parts: MailParts): Desk['mails'] {
  const { db } = parts;
  return {
    async list(input, { language }) {
      const page = await mailListStore(db).list(input, language);
      return { ...page, items: page.items.map((each) => ({ ...each, reason: tellReason(each.reason, language) })) };
    },
    get: ({ id }, { language }) => showMail(parts, id, language),
    reading: ({ id }) => readMail(parts, id),
    again: ({ id }, caller) => readAgain(parts, id, { who: whoIs(caller), language: caller.language }),
    toTicket: ({ id }, caller) => mailToTicket(parts, id, { who: whoIs(caller), language: caller.language }),
    ofTicket: ({ id }, { language }) => mailOfTicket(parts, id, language),
    async trust({ id }, caller) {
      const ticketId = await trustWriter(parts, id, { who: whoIs(caller), language: caller.language });
      return readSheet(parts, ticketId, readerOf(caller));
    },
    async adopt({ id }, caller) {
      const ticketId = await adoptSender(parts, id, { who: whoIs(caller), language: caller.language });
      return readSheet(parts, ticketId, readerOf(caller));
    },
    async resend({ id }) {
      await sendAgain(parts, id);
      return {};
    },
  };
}

/** What is asked of the desk's mail. */
export function deskMailHandlers(parts: MailParts): Pick<Desk, 'mailboxes' | 'mailListener' | 'mailRules' | 'mails'> {
  return {
    mailboxes: mailboxHandlers(parts),
    mailListener: listenerHandlers(parts),
    mailRules: ruleHandlers(parts),
    mails: mailHandlers(parts),
  };
}
