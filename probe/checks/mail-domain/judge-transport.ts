import type { NameQuestions } from '#probe/name-questions.ts';
import { finding, readTags, shortRecord, type Finding } from './finding.ts';

/** Judges the sign that a policy for encrypted transport exists (RFC 8461, 3.1); the policy itself is a page. */
export async function judgeMtaSts(domain: string, wanted: boolean, questions: NameQuestions): Promise<Finding[]> {
  const record = await recordAt(`_mta-sts.${domain}`, /^v=STSv1\s*;/u, questions);
  if (typeof record !== 'string') return record;
  if (record === '') return [finding('mtaStsMissing', wanted ? 'degraded' : 'note', { domain })];
  const id = readTags(record)?.get('id') ?? '';
  return /^[A-Za-z0-9]{1,32}$/u.test(id)
    ? [finding('mtaStsGood', 'good', { id })]
    : [finding('mtaStsSyntax', 'degraded', { record: shortRecord(record) })];
}

/** Judges where reports on failed encryption are wanted (RFC 8460, 3). */
export async function judgeTlsRpt(domain: string, wanted: boolean, questions: NameQuestions): Promise<Finding[]> {
  const record = await recordAt(`_smtp._tls.${domain}`, /^v=TLSRPTv1\s*;/u, questions);
  if (typeof record !== 'string') return record;
  if (record === '') return [finding('tlsRptMissing', wanted ? 'degraded' : 'note', { domain })];
  const to = readTags(record)?.get('rua') ?? '';
  return /^(?:mailto:|https:)\S+$/iu.test(to)
    ? [finding('tlsRptGood', 'good', { to: shortRecord(to) })]
    : [finding('tlsRptSyntax', 'degraded', { record: shortRecord(record) })];
}

/** The one record of its sort; empty when there is none; findings when it cannot be known or there are several. */
async function recordAt(name: string, shape: RegExp, questions: NameQuestions): Promise<string | Finding[]> {
  const answer = await questions.texts(name);
  if (answer.kind === 'failed') return [finding('unanswered', 'unknown', { name, code: answer.code })];
  const records = answer.kind === 'found' ? answer.values.filter((each) => shape.test(each)) : [];
  // Several are as good as none (RFC 8461, 3.1; RFC 8460, 3).
  return records.length === 1 ? (records[0] ?? '') : '';
}
