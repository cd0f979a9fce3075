import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { nameServerField } from '#probe/name-questions.ts';

const listName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/u);

export const blocklistSettings = z.object({
  domain: z
    .string()
    .max(253)
    .regex(/^(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?)?$/u)
    .default(''),
  // Lists that many mail servers use and that anybody may ask, within bounds.
  lists: z
    .array(listName)
    .min(1)
    .max(30)
    .default([
      'zen.spamhaus.org',
      'bl.spamcop.net',
      'psbl.surriel.com',
      'bl.mailspike.net',
      'dnsbl.dronebl.org',
      'bl.blocklist.de',
    ]),
  downLists: z.number().int().min(1).max(30).default(2),
  server: nameServerField,
  serverPort: onlyWhen(z.number().int().min(1).max(65_535).default(53), { server: 'filled' }),
});
export type BlocklistSettings = z.infer<typeof blocklistSettings>;
