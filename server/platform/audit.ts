import { sql, type Transaction } from 'kysely';
import { auditContent, type AuditDraft } from './audit-content.ts';
import type { Rows } from './database.ts';
import { chainStart, linkHash } from './hash-chain.ts';
import { tellingQuery, type Telling } from './live-line.ts';

/**
 * Adds a line to the audit trail inside a transaction. Lines are put in one row by a lock held until commit. `told` is sent
 * in the same round trip.
 */
export async function writeAuditLine(
  trx: Transaction<Rows>,
  draft: AuditDraft,
  at: Date,
  told: readonly Telling[] = [],
): Promise<void> {
  const { rows } = await sql<{
    sequence: number;
    hash: string;
  }>`select sequence, hash from platform.hold_audit_end()`.execute(trx);
  const [last] = rows;
  const sequence = (last === undefined ? 0 : last.sequence) + 1;
  const hash = linkHash(last?.hash ?? chainStart, auditContent(sequence, at, draft));
  const line = trx.insertInto('platform.audit').values({
    sequence,
    at,
    who_kind: draft.who.kind,
    who_id: draft.who.id,
    who_name: draft.who.name,
    request: draft.request,
    outcome: draft.outcome,
    subject: draft.subject,
    detail: JSON.stringify(draft.detail),
    hash,
  });
  if (told.length === 0) await line.execute();
  else await sql`with line as (${line}) ${tellingQuery(told)}`.execute(trx);
}

/** Whole names of fields that hold secrets, and words that make one of any name they stand in. */
const secretNames = new Set(['current', 'next', 'urls']);
const secretWords =
  /password|passphrase|secret|token|community|authorization|private_?key|client_?key|api_?key|user_?key|routing_?key/iu;
/** Fields whose web addresses carry their secret in the path or the query, as webhooks do. */
const secretAddresses = new Set(['hookUrl']);
const longestText = 500;
const deepest = 6;

function withoutSecret(key: string, value: unknown, depth: number): unknown {
  if (secretNames.has(key) || secretWords.test(key)) return '***';
  if (secretAddresses.has(key) && typeof value === 'string' && URL.canParse(value) && new URL(value).origin !== 'null')
    return `${new URL(value).origin}/***`;
  return withoutSecrets(value, depth + 1);
}

/** An input as the trail may keep it: secrets replaced, long texts and deep nests cut. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (depth > deepest) return '…';
  if (typeof value === 'string')
    return value.length > longestText ? `${value.slice(0, longestText).toWellFormed()}…` : value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.slice(0, 50).map((inner) => withoutSecrets(inner, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 50)
        .map(([key, inner]) => [key, withoutSecret(key, inner, depth)]),
    );
  }
  return value;
}
