import { z } from 'zod';
import { chainState } from './people.ts';
import { request } from './request.ts';
import { doer, id, language, line, listOf, namedThing, page, text, thingKind, time } from './words.ts';

/** Logbook: the append-only, hash-chained record of what was seen and done, and the solutions that grew out of it. */

export const entry = z.object({
  id,
  sequence: z.number().int(),
  at: time,
  who: doer,
  /** `note` is written by a person; the others come from what happened. */
  kind: z.enum(['note', 'incident', 'run', 'estate', 'watch', 'people']),
  /** In the reader's language; a person's own words as typed. */
  text: z.string(),
  thing: namedThing.nullable(),
  ticketId: id.nullable(),
  ticketNumber: z.number().int().nullable(),
  runId: id.nullable(),
  hash: z.string(),
});
export type Entry = z.infer<typeof entry>;

export const solution = z.object({
  id,
  title: z.string(),
  symptom: z.string(),
  cause: z.string(),
  remedy: z.string(),
  language,
  runbookId: id.nullable(),
  thing: namedThing.nullable(),
  state: z.enum(['draft', 'kept', 'withdrawn']),
  /** How often it was used for an incident that was then resolved, and how often it did not help. */
  worked: z.number().int(),
  failed: z.number().int(),
  lastWorkedAt: time.nullable(),
  createdAt: time,
  createdBy: doer,
  fromTicketId: id.nullable(),
});
export type Solution = z.infer<typeof solution>;

const solutionFields = {
  title: line(200),
  symptom: text(5_000),
  cause: text(5_000),
  remedy: text(20_000),
  language,
  runbookId: id.nullable().default(null),
};

export const logbook = {
  entries: {
    list: request({
      method: 'GET',
      path: '/logbook/entries',
      permission: 'logbook.read',
      summary: 'The logbook, newest first',
    })
      .input(
        z.object({
          ...page,
          search: text(100).optional(),
          kind: entry.shape.kind.optional(),
          thingKind: thingKind.optional(),
          thingId: id.optional(),
          ticketId: id.optional(),
          from: time.optional(),
          until: time.optional(),
        }),
      )
      .output(listOf(entry)),
    add: request({
      method: 'POST',
      path: '/logbook/entries',
      permission: 'logbook.write',
      summary: 'Write an entry',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          text: text(20_000).min(1),
          thing: z.object({ kind: thingKind, id }).nullable().default(null),
          ticketId: id.nullable().default(null),
        }),
      )
      .output(entry),
    verify: request({
      method: 'GET',
      path: '/logbook/chain',
      permission: 'logbook.read',
      summary: "Check the logbook's hash chain",
    })
      .input(z.object({}))
      .output(chainState),
  },
  /** What changed lately on a thing and on what it depends on. */
  changes: request({
    method: 'GET',
    path: '/logbook/changes/{kind}/{id}',
    permission: 'logbook.read',
    summary: 'What changed lately on a thing and around it',
  })
    .input(
      z.object({
        kind: thingKind,
        id,
        before: time.optional(),
        hours: z.coerce.number().int().min(1).max(2_160).default(72),
      }),
    )
    .output(z.object({ items: z.array(entry) })),
  solutions: {
    list: request({
      method: 'GET',
      path: '/logbook/solutions',
      permission: 'logbook.read',
      summary: 'Solutions; with a search, best first',
    })
      .input(z.object({ ...page, search: text(500).optional(), state: solution.shape.state.optional() }))
      .output(listOf(solution)),
    get: request({
      method: 'GET',
      path: '/logbook/solutions/{id}',
      permission: 'logbook.read',
      summary: 'One solution',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(solution),
    create: request({
      method: 'POST',
      path: '/logbook/solutions',
      permission: 'logbook.write',
      summary: 'Write a solution',
    })
      .input(z.object(solutionFields))
      .output(solution),
    change: request({
      method: 'PATCH',
      path: '/logbook/solutions/{id}',
      permission: 'logbook.write',
      summary: 'Improve, keep or withdraw a solution',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id,
          title: line(200).optional(),
          symptom: text(5_000).optional(),
          cause: text(5_000).optional(),
          remedy: text(20_000).optional(),
          runbookId: id.nullable().optional(),
          state: solution.shape.state.optional(),
        }),
      )
      .output(solution),
    suggest: request({
      method: 'GET',
      path: '/logbook/suggestions/{ticketId}',
      permission: 'logbook.read',
      summary: 'Solutions that worked for similar symptoms, ranked',
      refusals: ['not_found'],
    })
      .input(z.object({ ticketId: id }))
      .output(z.object({ items: z.array(z.object({ solution, score: z.number(), why: z.string() })) })),
  },
};

export const logbookFacts = {
  'logbook.entryWritten': z.object({ entryId: id, sequence: z.number().int() }),
  'logbook.solutionDrafted': z.object({ solutionId: id, ticketId: id }),
};
