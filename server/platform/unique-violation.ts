/** SQLSTATE of PostgreSQL for a row that a unique index does not let in. */
const uniqueViolation = '23505';

/**
 * Whether an error says that this unique index already holds such a row. Stores turn it into an answer, since looking
 * before writing leaves a gap in which another request may write the same.
 */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === uniqueViolation &&
    'constraint' in error &&
    error.constraint === index
  );
}
