import type { desk } from '#contract/desk-requests.ts';
import type { Doer, Language } from '#contract/words.ts';
import { ticketOfRating } from '#mail/thread/mail-token.ts';
import { csvCell } from '#platform/csv.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { deskSatisfaction as en } from '#texts/en/desk-satisfaction.ts';
import { deskSatisfaction as fr } from '#texts/fr/desk-satisfaction.ts';
import type { MailParts } from '../mail/mail-parts.ts';
import { mailKeys } from '../mail/mail-vault.ts';
import { storyStore } from '../tickets/store-story.ts';
import { satisfactionStore, type Period } from './store-satisfaction.ts';

type Satisfaction = Handlers<typeof desk>['satisfaction'];

/** So long what was said by a link may be said otherwise, by the same link. */
const changeMs = 30 * 86_400_000;

function periodOf(asked: Parameters<Satisfaction['figures']>[0]): Period {
  const [from, until] = [new Date(asked.from), new Date(asked.until)];
  if (until <= from) throw new Refusal('ends_before');
  return { from, until, teamId: asked.teamId ?? null, categoryId: asked.categoryId ?? null };
}

/** Each answer of a period as a line of CSV (RFC 4180). */
function csvOf(
  rows: Awaited<ReturnType<ReturnType<typeof satisfactionStore>['answers']>>,
  language: Language,
  separator: string,
): string {
  const words = (language === 'fr' ? fr : en).file;
  const lines = rows.map((row) =>
    [
      String(row.number),
      row.title,
      row.at.toISOString(),
      String(row.score),
      row.comment,
      row.team ?? '',
      row.category ?? '',
      row.assignee ?? '',
    ].map((cell) => csvCell(cell, separator)),
  );
  return [words.columns, ...lines].map((cells) => `${cells.join(separator)}\r\n`).join('');
}

/** What is asked about satisfaction, by those who work at the desk and by whoever holds the link of a mail. */
export function satisfactionHandlers(parts: MailParts): Satisfaction {
  const { db, transact, clock } = parts;
  const ticketOf = async (token: string): Promise<string> =>
    ticketOfRating(token, await mailKeys(parts)) ?? Promise.reject(new Refusal('not_found'));
  const shown = async (ticketId: string, language: Language) => {
    const found = await satisfactionStore(db).rating(ticketId, language);
    if (found === null) throw new Refusal('not_found');
    const { saidAt, byLink, isOver, ...rating } = found;
    const mayChange = saidAt === null ? isOver : byLink && clock.now().getTime() - saidAt.getTime() < changeMs;
    return { ...rating, mayChange };
  };
  return {
    async figures(asked, { language }) {
      return satisfactionStore(db).figures(periodOf(asked), language);
    },
    async csv(asked, caller) {
      const language = asked.language ?? caller.language;
      const rows = await satisfactionStore(db).answers(periodOf(asked), language);
      const text = csvOf(rows, language, asked.separator === 'semicolon' ? ';' : ',');
      const name = (language === 'fr' ? fr : en).file.name(asked.from.slice(0, 10), asked.until.slice(0, 10));
      return new File([text], `${name}.csv`, { type: 'text/csv; charset=utf-8' });
    },
    get: async ({ token }, { language }) => shown(await ticketOf(token), language),
    async say({ token, score, comment }, { language }) {
      const ticketId = await ticketOf(token);
      const at = clock.now();
      await transact(async (unit) => {
        const before = await satisfactionStore(unit.db).rating(ticketId, language);
        if (before === null) throw new Refusal('not_found');
        if (before.score === score && before.comment === comment) return;
        if (before.saidAt === null && !before.isOver) throw new Refusal('not_in_this_state');
        if (
          !(await satisfactionStore(unit.db).sayByLink(ticketId, {
            score,
            comment,
            at,
            since: new Date(at.getTime() - changeMs),
          }))
        )
          throw new Refusal('not_in_this_state');
        const who: Doer = { kind: 'outside', id: null, name: before.requester };
        await storyStore(unit.db).tell(ticketId, { at, who, said: { code: 'rated', data: { score, comment } } });
        await unit.live('desk.ticket', ticketId);
      });
      return shown(ticketId, language);
    },
  };
}
