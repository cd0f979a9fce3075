import { z } from 'zod';
import { parseHostKey } from '#ssh/host-key.ts';

/** A settings field of host keys, one a line: `SHA256:…` as ssh-keygen shows it, or the key itself. */
export function hostKeyList(): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z
    .array(
      z
        .string()
        .max(2_000)
        .refine((text) => /^SHA256:[A-Za-z0-9+/]{43}$/u.test(text) || parseHostKey(text) !== undefined),
    )
    .max(20)
    .default([]);
}
