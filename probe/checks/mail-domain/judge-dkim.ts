import { createPublicKey } from 'node:crypto';
import type { NameQuestions } from '#probe/name-questions.ts';
import { finding, readTags, type Finding } from './finding.ts';

// RFC 8301: receivers must not believe shorter ones.
const shortestBits = 1_024;

/** Judges the key of one selector (RFC 6376, 3.6.1; RFC 8463). */
export async function judgeDkim(
  domain: string,
  selector: string,
  minKeyBits: number,
  questions: NameQuestions,
): Promise<Finding[]> {
  const name = `${selector}._domainkey.${domain}`;
  const answer = await questions.texts(name);
  if (answer.kind === 'failed') return [finding('unanswered', 'unknown', { name, code: answer.code })];
  if (answer.kind !== 'found') return [finding('dkimMissing', 'down', { selector })];
  const [record = '', ...others] = answer.values;
  if (others.length > 0) return [finding('dkimMany', 'down', { selector, count: others.length + 1 })];
  return judgeKeyRecord(selector, record, minKeyBits);
}

/** Judges the text of a key record. */
function judgeKeyRecord(selector: string, record: string, minKeyBits: number): Finding[] {
  const tags = readTags(record);
  const wrong = (tag: string): Finding[] => [finding('dkimSyntax', 'down', { selector, tag })];
  if (tags === undefined) return wrong('tags');
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1') return wrong('v');
  const key = tags.get('p')?.replaceAll(/\s/gu, '');
  if (key === undefined) return wrong('p');
  if (key === '') return [finding('dkimRevoked', 'down', { selector })];
  const type = tags.get('k') ?? 'rsa';
  const bits = bitsOf(type, key);
  if (bits === undefined) return wrong(type === 'rsa' || type === 'ed25519' ? 'p' : 'k');
  const findings = [...judgeUse(selector, tags), ...(type === 'rsa' ? judgeLength(selector, bits, minKeyBits) : [])];
  return findings.length > 0 ? findings : [finding('dkimGood', 'good', { selector, type, bits })];
}

/** What the key may be used for. */
function judgeUse(selector: string, tags: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  const uses = wordsOf(tags.get('s') ?? '*');
  if (!uses.includes('*') && !uses.includes('email')) findings.push(finding('dkimOtherUse', 'down', { selector }));
  const hashes = wordsOf(tags.get('h') ?? 'sha256');
  if (!hashes.includes('sha256')) findings.push(finding('dkimOldHash', 'down', { selector }));
  if (wordsOf(tags.get('t') ?? '').includes('y')) findings.push(finding('dkimTesting', 'degraded', { selector }));
  return findings;
}

function judgeLength(selector: string, bits: number, minKeyBits: number): Finding[] {
  const wanted = Math.max(shortestBits, minKeyBits);
  return bits < wanted
    ? [finding('dkimShort', bits < shortestBits ? 'down' : 'degraded', { selector, bits, wanted })]
    : [];
}

function wordsOf(list: string): string[] {
  return list.split(':').map((word) => word.trim().toLowerCase());
}

/** The length of a key; undefined when it is none. */
function bitsOf(type: string, base64: string): number | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  if (type === 'ed25519') return key.length === 32 ? 256 : undefined;
  if (type !== 'rsa') return undefined;
  // The standard says PKCS #1, everybody publishes SPKI, receivers take both.
  for (const form of ['spki', 'pkcs1'] as const) {
    try {
      return createPublicKey({ key, format: 'der', type: form }).asymmetricKeyDetails?.modulusLength;
    } catch {
      // Not in this form.
    }
  }
  return undefined;
}
