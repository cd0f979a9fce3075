import { client } from '#web/shell/api.ts';
import type { Pick } from '#web/ui/form/search-picker.tsx';

/** Somebody who may be a requester; `id` is null for one with an account who never was. */
const accountMark = 'account ';

/** Those who are or could be helped, by name or address. */
export async function findRequesters(typed: string, signal: AbortSignal): Promise<Pick[]> {
  const { items } = await client.desk.requesters.list({ search: typed, limit: 12 }, { signal });
  return items.map(({ id, personId, name, mail }) => ({
    id: id ?? `${accountMark}${personId ?? ''}`,
    label: name,
    detail: mail ?? '',
  }));
}

/** The requester that was picked; one with an account becomes a requester by it. */
export async function requesterIdOf(pick: Pick, makeId: () => string): Promise<string> {
  if (!pick.id.startsWith(accountMark)) return pick.id;
  const made = await client.desk.requesters.put({ id: makeId(), personId: pick.id.slice(accountMark.length) });
  return made.id;
}

/** Tickets by number or words; without words those that changed last. */
export function findTickets(exceptId: string) {
  return async (typed: string, signal: AbortSignal): Promise<Pick[]> => {
    const { items } = await client.desk.tickets.find({ words: typed, sort: '-updated', limit: 12 }, { signal });
    return items
      .filter(({ id }) => id !== exceptId)
      .map(({ id, number, title, requester }) => ({ id, label: `#${number} ${title}`, detail: requester ?? '' }));
  };
}
