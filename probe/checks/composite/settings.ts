import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';

const member = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\*[1-9][0-9]{0,2})?$/u;

export const compositeSettings = z.object({
  mode: z.enum(['all', 'any', 'atLeast', 'weighted']).default('all'),
  members: z.array(z.string().regex(member)).max(500).default([]),
  kind: z.string().trim().max(50).default(''),
  named: z.string().trim().max(100).default(''),
  least: onlyWhen(z.number().int().min(1).max(500).default(1), { mode: ['atLeast'] }),
  upPercent: onlyWhen(z.number().min(0).max(100).default(100), { mode: ['weighted'] }),
  downPercent: onlyWhen(z.number().min(0).max(100).default(50), { mode: ['weighted'] }),
  warnWithoutReserve: onlyWhen(z.boolean().default(false), { mode: ['any', 'atLeast'] }),
});
export type CompositeSettings = z.infer<typeof compositeSettings>;

/** A member's id and weight from how it is written: `id` or `id*3`. */
export function memberOf(written: string): { readonly id: string; readonly weight: number } {
  const [id = '', weight = '1'] = written.split('*');
  return { id, weight: Number(weight) };
}
