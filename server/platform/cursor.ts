import { Refusal } from './refusal.ts';

/**
 * Where a page of a list begins, for lists that go on by a number (an offset or a sequence).
 * @throws Refusal `bad_input` when `after` is not what a list gave as `next`.
 */
export function numberCursor(after: string | undefined): number | null {
  if (after === undefined) return null;
  if (!/^\d{1,15}$/u.test(after)) throw new Refusal('bad_input', {}, [{ path: 'after', reason: 'cursor' }]);
  return Number(after);
}

/** The `next` of a page that goes on by offset; null at the end. */
export function nextOffset(after: string | undefined, shown: number, total: number): string | null {
  const end = (numberCursor(after) ?? 0) + shown;
  return end < total && shown > 0 ? String(end) : null;
}

/** A search pattern for ILIKE that takes the typed characters literally. */
export function likePattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
}
