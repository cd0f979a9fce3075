import { flightStep, type FlightStep } from './flight-record.ts';
import type { ReadMessage } from './message.ts';
import { sameAddress } from './read/addresses.ts';
import { looksLikeOurs, ticketOfAddress, ticketOfId, type MailKeys } from './thread/mail-token.ts';

/** To which ticket a message belongs, and by what. */
export interface Threading {
  readonly ticket: string | null;
  readonly by: 'token' | 'address' | 'known_id' | null;
  readonly steps: readonly FlightStep[];
}

/**
 * Finds the ticket of a message: by a signed id in References or In-Reply-To, then by the plus-address to which it came,
 * then by any id that is already known (`known` maps those of `message.references` that are). Never by the subject: people
 * write "Re: Printer" for years. `returned` are the ids that a bounce shows.
 */
export function threadOf(
  message: ReadMessage,
  recipients: readonly string[],
  keys: MailKeys,
  known: ReadonlyMap<string, string>,
  returned: readonly string[] = [],
): Threading {
  const steps: FlightStep[] = [];
  // The last is the mail that was answered: a conversation that moved from one ticket to another goes on in the newer.
  const ids = [...message.inReplyTo, ...message.references.toReversed(), ...returned];
  for (const id of ids) {
    const ticket = ticketOfId(id, keys);
    if (ticket !== null)
      return { ticket, by: 'token', steps: [...steps, flightStep('thread', 'token_valid', id, ticket)] };
    if (looksLikeOurs(id) && steps.length < 5) steps.push(flightStep('thread', 'token_forged', id, 'ignored'));
  }
  const addresses = [
    ...recipients,
    ...message.to.map(({ address }) => address),
    ...message.cc.map(({ address }) => address),
  ];
  for (const address of addresses) {
    const named = ticketOfAddress(address, keys);
    if (named !== null)
      return {
        ticket: named.ticket,
        by: 'address',
        steps: [...steps, flightStep('thread', 'plus_address', address, named.ticket)],
      };
  }
  for (const id of ids) {
    const ticket = known.get(id);
    if (ticket !== undefined)
      return { ticket, by: 'known_id', steps: [...steps, flightStep('thread', 'known_id', id, ticket)] };
  }
  return { ticket: null, by: null, steps: [...steps, flightStep('thread', 'no_thread', message.subject, 'new')] };
}

/** How far the writer of a reply can be believed to be one of the ticket. */
export type WriterStanding = 'participant' | 'stranger' | 'spoofed';

/**
 * Whether a reply comes from somebody who takes part in the ticket. A stranger's is kept with the ticket and marked as
 * unverified; it changes nothing and is told nothing.
 */
export function standingOf(
  message: ReadMessage,
  participants: readonly string[],
  isSpoofed: boolean,
): { readonly standing: WriterStanding; readonly steps: readonly FlightStep[] } {
  const writer = message.from[0]?.address ?? '';
  if (isSpoofed) return { standing: 'spoofed', steps: [flightStep('thread', 'writer_spoofed', writer, 'unverified')] };
  const isKnown = message.from.length === 1 && participants.some((address) => sameAddress(address, writer));
  const rule = isKnown ? 'writer_known' : 'writer_stranger';
  return {
    standing: isKnown ? 'participant' : 'stranger',
    steps: [flightStep('thread', rule, writer, isKnown ? 'participant' : 'unverified')],
  };
}
