import type { advice } from '#contract/advice.ts';
import type { TellingLine } from '#contract/advice-logs.ts';
import type { Language } from '#contract/words.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import * as en from '#texts/en/advice.ts';
import * as fr from '#texts/fr/advice.ts';
import type { AdviceParts } from './parts.ts';
import { anomalyStore } from './store-anomaly.ts';
import { logLineStore, type ReadLog } from './store-log-lines.ts';
import { tellingLines, type Telling } from './telling-lines.ts';

const texts = { en: en.advice.logs, fr: fr.advice.logs };
const slotMs = 600_000;
/** So much before something failed, and after, a line may have to do with it. */
const beforeMs = 20 * 60_000;
const afterMs = 10 * 60_000;

function tellLine(each: Telling, logs: readonly ReadLog[], language: Language, zone: string): TellingLine {
  const { what, lines, mostBefore, text } = each;
  const log = logs.find(({ id }) => id === each.checkId);
  const firstAt = what === 'new' ? each.firstAt : each.firstSlot;
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const words = texts[language];
  return {
    checkId: each.checkId,
    checkName: log?.name ?? '',
    target: log?.target ?? null,
    templateId: each.templateId,
    text,
    sample: each.sample,
    what,
    lines,
    mostBefore,
    firstAt: firstAt.toISOString(),
    sentence: what === 'new' ? words.isNew(clock.format(firstAt), lines) : words.isMore(lines, mostBefore),
  };
}

/** The requests about lines of logs. */
export function logHandlers({ db, zone }: AdviceParts): Pick<Handlers<typeof advice>, 'logs'> {
  async function around(thingIds: readonly string[], at: Date, language: Language) {
    const from = new Date(Math.floor((at.getTime() - beforeMs) / slotMs) * slotMs);
    const until = new Date(Math.ceil((at.getTime() + afterMs) / slotMs) * slotMs);
    const store = logLineStore(db);
    const logs = await store.logsOf(thingIds);
    const telling = logs.length === 0 ? [] : tellingLines(await store.near(logs, { from, until }), from);
    return {
      items: telling.map((each) => tellLine(each, logs, language, zone)),
      logs: logs.length,
      from: from.toISOString(),
      until: until.toISOString(),
    };
  }
  return {
    logs: {
      async ofTicket({ ticketId }, { language }) {
        const ticket = await logLineStore(db).ticket(ticketId);
        if (ticket === null) throw new Refusal('not_found');
        return around(ticket.thingIds, ticket.at, language);
      },
      async ofAnomaly({ id }, { language }) {
        const odd = await anomalyStore(db).get(id);
        if (odd === null) throw new Refusal('not_found');
        return around(odd.target === null ? [] : [odd.target.id], odd.since, language);
      },
    },
  };
}
