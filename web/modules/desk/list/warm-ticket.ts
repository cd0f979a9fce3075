import { ready } from '#web/shell/query-client.ts';
import { sheetQuery } from '../tickets/sheet-queries.ts';
import { ticketQuery } from '../tickets/ticket-queries.ts';

/** Who rests on a row so long is likely to open it. */
const restMs = 60;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for a ticket that is about to be opened. */
export function warmTicketNow(id: string): void {
  clearTimeout(timer);
  void Promise.all([ready(sheetQuery(id)), ready(ticketQuery(id))]).catch(() => undefined);
}

/** Asks for a ticket that is likely to be opened next, so that it is there when it is. */
export function warmTicket(id: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => warmTicketNow(id), restMs);
}

function bringPage(): void {
  void import('../tickets/ticket-page.tsx').catch(() => undefined);
}

/** Brings the code of a ticket's page while nothing else is to be done. */
export function warmTicketPage(): void {
  // Safari has no idle callback.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(bringPage, { timeout: 2_000 });
  else setTimeout(bringPage, 500);
}
