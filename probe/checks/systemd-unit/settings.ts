import { z } from 'zod';

export const systemdUnitSettings = z.object({
  // The characters that systemd allows in unit names; the first may not be a dash, which would be an option.
  unit: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]*$/u)
    .default('ssh.service'),
  warnRestarts: z.number().int().min(0).max(10_000).default(0),
});
export type SystemdUnitSettings = z.infer<typeof systemdUnitSettings>;
