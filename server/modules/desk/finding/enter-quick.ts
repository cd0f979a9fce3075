import { priority, ticketKind } from '#contract/desk.ts';
import type { QuickChoice, QuickReading } from '#contract/desk-words.ts';
import { thingKind, type Doer, type Language, type ThingRef } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { openIn, type TicketAsked } from '../tickets/open-ticket.ts';
import { readQuick } from './quick-entry.ts';
import { catalogStore } from './store-catalog.ts';
import { requesterStore } from '../tickets/store-requesters.ts';

/** Reads a line as it is typed. */
export async function readLine({ db }: DeskParts, line: string, language: Language): Promise<QuickReading> {
  return readQuick(line, await catalogStore(db).names(line, language), language);
}

export interface Entered {
  readonly id?: string | undefined;
  readonly line: string;
  readonly chosen: readonly { readonly from: number; readonly value: string | null }[];
  readonly note: string;
  readonly take: boolean;
}

/** What was chosen for each word: the likeliest where nothing was said; a value that is no choice is none. */
function choicesOf(reading: QuickReading, chosen: Entered['chosen']): QuickChoice[] {
  return reading.parts.flatMap(({ from, choices, chosen: usual }) => {
    const said = chosen.find((one) => one.from === from);
    const choice = said === undefined ? choices[usual ?? -1] : choices.find(({ value }) => value === said.value);
    return choice === undefined ? [] : [choice];
  });
}

function thingOf(value: string | undefined): ThingRef | null {
  const [kind, id] = value?.split(':') ?? [];
  return kind === undefined || id === undefined ? null : { kind: thingKind.parse(kind), id };
}

/** Opens a ticket from one line, in one transaction. */
export async function enterQuick(
  parts: DeskParts,
  entered: Entered,
  { who, language }: { who: Doer; language: Language },
): Promise<string> {
  const { transact, clock, needs } = parts;
  const reading = await readLine(parts, entered.line, language);
  const choices = choicesOf(reading, entered.chosen);
  const first = (field: QuickChoice['field']): string | undefined => choices.find((one) => one.field === field)?.value;
  const thing = thingOf(first('thing'));
  const [cause = null] = thing === null ? [] : await needs.namedThings([thing]);
  const at = clock.now();
  return transact(async (unit) => {
    const named = first('requester') ?? null;
    const requesterId =
      named?.startsWith('person:') === true
        ? await requesterStore(unit.db).ensurePerson(named.slice('person:'.length), at)
        : named;
    const asked: TicketAsked = {
      id: entered.id,
      kind: ticketKind.parse(first('kind') ?? 'incident'),
      title: reading.title === '' ? entered.line : reading.title,
      priority: first('priority') === undefined ? undefined : priority.parse(first('priority')),
      description: entered.note,
      cause,
      requesterId,
      categoryId: first('category') ?? null,
      teamId: first('team') ?? null,
      assigneeId: entered.take ? who.id : (first('assignee') ?? null),
      tags: choices.filter(({ field }) => field === 'tag').map(({ value }) => value),
      dueAt: null,
      source: 'quick',
    };
    if (asked.title.trim() === '') throw new Refusal('bad_input', {}, [{ path: 'line', reason: 'one_line' }]);
    return openIn(unit, { asked, cause, who, at });
  });
}
