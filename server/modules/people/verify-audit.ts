import { auditContent } from '#platform/audit-content.ts';
import { chainStart, linkHash } from '#platform/hash-chain.ts';
import type { AuditLine } from '#contract/people.ts';

const linesAtOnce = 1_000;

/** Walks the audit trail from its beginning and says whether every hash fits, reading it in pieces. */
export async function verifyAudit(
  read: (after: number, limit: number) => Promise<readonly AuditLine[]>,
): Promise<{ holds: boolean; length: number; brokenAt: number | null }> {
  let previous = chainStart;
  let last = 0;
  for (;;) {
    const lines = await read(last, linesAtOnce);
    if (lines.length === 0) return { holds: true, length: last, brokenAt: null };
    for (const line of lines) {
      const { who, request, outcome, subject, detail } = line;
      const expected = linkHash(
        previous,
        auditContent(line.sequence, new Date(line.at), { who, request, outcome, subject, detail }),
      );
      if (line.sequence !== last + 1 || line.hash !== expected)
        return { holds: false, length: last, brokenAt: last + 1 };
      previous = line.hash;
      last = line.sequence;
    }
  }
}
