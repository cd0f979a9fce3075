import type { Delivery } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import { csvCell } from '#platform/csv.ts';
import type { Database } from '#platform/database.ts';
import { StreamedFile } from '#platform/streamed-file.ts';
import { deliveryStore } from './store-deliveries.ts';
import { csvTitles } from './wording.ts';

type Asked = Omit<Parameters<ReturnType<typeof deliveryStore>['page']>[0], 'limit' | 'after'>;

const atOnce = 500;

function lineOf(each: Delivery, separator: string): string {
  const cells = [
    each.at,
    each.state,
    each.about,
    each.channel?.name ?? '',
    each.channel?.kind ?? '',
    each.subject,
    each.answer,
    each.because.join(' | '),
    String(each.attempts),
    each.deliveredAt ?? '',
    each.ticketId ?? '',
    each.id,
  ];
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

/** The log as CSV (RFC 4180), newest first, read page after page while it is sent. */
export function exportDeliveries(db: Database<'notify'>, asked: Asked, separator: ',' | ';', language: Language): File {
  return new StreamedFile('vigie-notices.csv', 'text/csv; charset=utf-8', async function* () {
    yield `${csvTitles(language).join(separator)}\r\n`;
    let after: string | undefined;
    for (;;) {
      const items: Delivery[] = await deliveryStore(db).page({ ...asked, after, limit: atOnce }, language);
      if (items.length === 0) return;
      yield items.map((each) => lineOf(each, separator)).join('');
      after = items.at(-1)?.id;
    }
  });
}
