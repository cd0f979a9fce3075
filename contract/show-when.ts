import { z } from 'zod';

/**
 * When a setting is of use: each setting named here has one of these values, or holds anything at all (`filled`: neither
 * empty, nor 0, nor off).
 */
export const showWhen = z.record(
  z.string(),
  z.union([z.literal('filled'), z.array(z.union([z.string(), z.number(), z.boolean()]))]),
);
export type ShowWhen = Readonly<Record<string, 'filled' | readonly (string | number | boolean)[]>>;

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== undefined && value !== null && value !== 0 && value !== false;
}

/** Whether a setting that is shown `when` this holds is shown beside these values. */
export function isShown(when: ShowWhen | undefined, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(when ?? {}).every(([name, wanted]) =>
    wanted === 'filled' ? isFilled(values[name]) : wanted.some((each) => each === values[name]),
  );
}
