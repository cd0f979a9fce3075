import { z } from 'zod';
import { found, quickReading, ticketSheet } from './desk-words.ts';
import { request } from './request.ts';
import { id, line, text } from './words.ts';

/** Finding tickets by what is written in them, and opening one from a single line. */
export const finding = {
  search: request({
    method: 'GET',
    path: '/desk/search',
    permission: 'desk.read',
    summary: 'Tickets by what is written in them, as one types: titles, messages, files, people and things',
  })
    .input(z.object({ words: text(300).default(''), limit: z.coerce.number().int().min(1).max(50).default(20) }))
    .output(
      z.object({
        items: z.array(found),
        /** What was looked for instead of words that stand nowhere. */
        instead: z.array(z.object({ typed: z.string(), taken: z.array(z.string()) })),
        unknown: z.array(z.string()),
      }),
    ),
  quick: {
    read: request({
      method: 'POST',
      path: '/desk/quick/reading',
      permission: 'desk.read',
      summary: 'What a line such as “imp 3e HS @dupont !2 #compta” means, as one types it',
      changes: false,
    })
      .input(z.object({ line: text(500) }))
      .output(quickReading),
    enter: request({
      method: 'POST',
      path: '/desk/quick',
      permission: 'desk.write',
      summary: 'Open a ticket from one line',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id: id.optional(),
          line: line(500),
          /** Where a word may mean several things: which choice was taken, by its beginning in the line; null for none. */
          chosen: z
            .array(z.object({ from: z.number().int().min(0).max(500), value: text(200).nullable() }))
            .max(50)
            .default([]),
          note: text(20_000).default(''),
          /** Gives it to whoever enters it, at once. */
          take: z.boolean().default(false),
        }),
      )
      .output(ticketSheet),
  },
};
