import type { z } from 'zod';
import type { Availability } from '#contract/availability.ts';
import type { PromiseAccount } from '#contract/desk-levels.ts';
import type { TicketWhole } from '#contract/desk.ts';
import type { Impact } from '#contract/estate.ts';
import type { run } from '#contract/upkeep.ts';
import type { Language, ThingRef } from '#contract/words.ts';

/** A run as upkeep tells it. */
export type ToldRun = z.input<typeof run>;

/** Measurements of one series around an outage; times in epoch seconds. */
export interface Measured {
  readonly label: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** How much of a period things were there, as the watch tells it. */
export interface ToldAvailability {
  readonly from: string;
  readonly until: string;
  readonly items: readonly Availability[];
  readonly cut: boolean;
}

/** What reports asks of the floors below. Sentences come in the language asked for. */
export interface Needs {
  /** An incident with its alerts and its story; null when there is none. */
  readonly ticket: (ticketId: string, language: Language) => Promise<TicketWhole | null>;
  /** The runs against an incident, oldest first. */
  readonly runs: (ticketId: string, language: Language) => Promise<readonly ToldRun[]>;
  /** The promises of its service level, explained; none when nothing was promised. */
  readonly levels: (ticketId: string, language: Language) => Promise<readonly PromiseAccount[]>;
  /** Null when the thing is no longer there. */
  readonly impact: (thing: ThingRef) => Promise<Impact | null>;
  /** The first good result of a check from a moment on, told in a sentence; null when none is kept. */
  readonly goodResult: (checkId: string, from: Date, language: Language) => Promise<string | null>;
  /** The measurements of a check that show an outage best; null when it measured nothing. */
  readonly measured: (
    checkId: string,
    between: { readonly from: Date; readonly until: Date },
    language: Language,
  ) => Promise<Measured | null>;
  /** Of some things, or of all of one kind; with the reasons for what was left out in the language asked for. */
  readonly availability: (
    of: { readonly kind: ThingRef['kind']; readonly ids?: readonly string[] },
    between: { readonly from: Date; readonly until: Date },
    language: Language,
  ) => Promise<ToldAvailability>;
}

/** All that a report is made of, in its language. */
export interface ReportMaterial {
  readonly ticket: TicketWhole;
  readonly runs: readonly ToldRun[];
  readonly levels: readonly PromiseAccount[];
  readonly impact: Impact | null;
  /** By the check's id: what its first good result said. */
  readonly goodResults: ReadonlyMap<string, string>;
  readonly measured: Measured | null;
  /** Of the month that ended with the outage: the cause first, then what suffers with it. */
  readonly availability: ToldAvailability | null;
}
