import { entry, type Entry } from '#contract/logbook.ts';

/** What the address says of the entries to show. Days are the reader's own. */
export interface EntryFilter {
  search: string;
  kind: Entry['kind'] | undefined;
  /** `2026-11-22`, first and last day shown. */
  from: string;
  until: string;
  ticketId: string | undefined;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const uuid = entry.shape.id;

function dayOf(text: string | null): string {
  return text !== null && dayPattern.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}

/** Reads the filter from the address; what makes no sense there is left out. */
export function filterOf(params: URLSearchParams): EntryFilter {
  const kind = entry.shape.kind.safeParse(params.get('kind'));
  const ticket = uuid.safeParse(params.get('ticket'));
  return {
    search: (params.get('q') ?? '').slice(0, 100),
    kind: kind.success ? kind.data : undefined,
    from: dayOf(params.get('from')),
    until: dayOf(params.get('until')),
    ticketId: ticket.success ? ticket.data : undefined,
  };
}

/** True when nothing is left out. */
export function isWide(filter: EntryFilter): boolean {
  return (
    filter.search.trim() === '' &&
    filter.kind === undefined &&
    filter.from === '' &&
    filter.until === '' &&
    filter.ticketId === undefined
  );
}

/** The same as the request wants it: from the first moment of the first day to the last of the last. */
export function entryInput(filter: EntryFilter) {
  const search = filter.search.trim();
  return {
    limit: 100,
    ...(search === '' ? {} : { search }),
    ...(filter.kind === undefined ? {} : { kind: filter.kind }),
    ...(filter.from === '' ? {} : { from: new Date(`${filter.from}T00:00:00`).toISOString() }),
    ...(filter.until === '' ? {} : { until: new Date(`${filter.until}T23:59:59.999`).toISOString() }),
    ...(filter.ticketId === undefined ? {} : { ticketId: filter.ticketId }),
  };
}
