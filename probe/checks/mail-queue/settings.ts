import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';

const count = z.number().int().min(0).max(100_000_000);
const minutes = z.number().int().min(0).max(525_600);

export const mailQueueSettings = z.object({
  software: z.enum(['auto', 'postfix', 'mailq']).default('auto'),
  // An absolute path of plain characters: it becomes an argument of postqueue.
  instance: onlyWhen(
    z
      .string()
      .max(500)
      .regex(/^(?:\/[A-Za-z0-9_./-]*)?$/u)
      .default(''),
    { software: ['auto', 'postfix'] },
  ),
  warnMessages: count.default(100),
  downMessages: count.default(0),
  warnMinutes: minutes.default(60),
  downMinutes: minutes.default(0),
  warnHeld: count.default(0),
});
export type MailQueueSettings = z.infer<typeof mailQueueSettings>;
