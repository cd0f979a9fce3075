import { z } from 'zod';
import { hostKeyList } from '#probe/ssh/host-key-setting.ts';

export const sshSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(22),
  hostKeys: hostKeyList(),
  warnWeak: z.boolean().default(true),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type SshSettings = z.infer<typeof sshSettings>;
