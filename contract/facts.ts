import type { z } from 'zod';
import { ticketFacts } from './desk-requests.ts';
import { deskFacts } from './desk.ts';
import { estateFacts } from './estate.ts';
import { logbookFacts } from './logbook.ts';
import { notifyFacts } from './notify.ts';
import { peopleFacts } from './people.ts';
import { upkeepFacts } from './upkeep.ts';
import { watchFacts } from './watch.ts';

/** Every fact that a module may publish, by name. A fact is written in the transaction that makes it true. */
export const facts = {
  ...peopleFacts,
  ...estateFacts,
  ...upkeepFacts,
  ...watchFacts,
  ...deskFacts,
  ...ticketFacts,
  ...logbookFacts,
  ...notifyFacts,
};
export type FactName = keyof typeof facts;
export type FactPayload<Name extends FactName> = z.infer<(typeof facts)[Name]>;

/** A published fact as reactions receive it. `id` makes reactions idempotent. */
export interface Fact<Name extends FactName = FactName> {
  readonly id: string;
  readonly name: Name;
  readonly at: Date;
  readonly payload: FactPayload<Name>;
}
