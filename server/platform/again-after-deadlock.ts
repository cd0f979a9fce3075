import { setTimeout as pause } from 'node:timers/promises';

const tries = 4;
/** deadlock_detected and serialization_failure (PostgreSQL manual, appendix A): the same work may well succeed next time. */
const passing = new Set(['40P01', '40001']);

/**
 * Does the work of one transaction, and does it again when PostgreSQL ended it only because it stood in another's way.
 * Nothing of the ended try has been stored; whatever else fails is thrown at once.
 */
export async function againAfterDeadlock<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === tries || !passing.has(codeOf(error))) throw error;
      await pause(Math.random() * 20 * tried);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
