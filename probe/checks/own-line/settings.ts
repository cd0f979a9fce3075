import { z } from 'zod';

export const ownLineSettings = z.object({
  references: z.array(z.string().trim().min(1).max(253)).max(10).default([]),
  gateway: z.boolean().default(true),
  resolver: z.boolean().default(true),
});
export type OwnLineSettings = z.infer<typeof ownLineSettings>;
