import { z } from 'zod';

export const tcpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(22),
  send: z.string().max(1_000).default(''),
  expect: z.string().max(1_000).default(''),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type TcpSettings = z.infer<typeof tcpSettings>;
