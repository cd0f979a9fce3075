import type { NameQuestions } from '#probe/name-questions.ts';
import { finding, readTags, type Finding } from './finding.ts';
import { dmarcPolicies } from './settings.ts';

// The tree is climbed at most so far (RFC 7489 leaves it to a list of public suffixes, its successor to this).
const mostLabels = 8;

type Policy = (typeof dmarcPolicies)[number];

/** Judges the DMARC policy that holds for a domain, its own or one above it (RFC 7489). */
export async function judgeDmarc(domain: string, wanted: Policy, questions: NameQuestions): Promise<Finding[]> {
  const labels = domain.replace(/\.$/u, '').split('.').slice(-mostLabels);
  for (let up = 0; up === 0 || labels.length - up >= 2; up += 1) {
    const above = up === 0 ? domain : labels.slice(up).join('.');
    const name = `_dmarc.${above}`;
    const answer = await questions.texts(name);
    if (answer.kind === 'failed') return [finding('unanswered', 'unknown', { name, code: answer.code })];
    const records =
      answer.kind === 'found' ? answer.values.filter((each) => /^v\s*=\s*DMARC1\s*(?:;|$)/u.test(each)) : [];
    // Several are as good as none to a receiver (RFC 7489, 6.6.3).
    if (records.length > 1) return [finding('dmarcMany', 'down', { name, count: records.length })];
    const [record] = records;
    if (record !== undefined) return judgeRecord({ domain, name, record, inherited: up > 0 }, wanted, questions);
  }
  return [finding('dmarcMissing', 'degraded', { domain })];
}

interface Published {
  readonly domain: string;
  readonly name: string;
  readonly record: string;
  /** Published for a domain above, whose `sp` counts then. */
  readonly inherited: boolean;
}

async function judgeRecord(
  { domain, name, record, inherited }: Published,
  wanted: Policy,
  questions: NameQuestions,
): Promise<Finding[]> {
  const tags = readTags(record);
  if (tags === undefined) return [finding('dmarcSyntax', 'down', { name, tag: 'tags' })];
  const own = policyOf(tags.get('p'));
  if (own === undefined) return [finding('dmarcSyntax', 'down', { name, tag: 'p' })];
  const below = tags.has('sp') ? policyOf(tags.get('sp')) : own;
  if (below === undefined) return [finding('dmarcSyntax', 'degraded', { name, tag: 'sp' })];
  const policy = inherited ? below : own;
  const findings: Finding[] = [];
  if (dmarcPolicies.indexOf(policy) < dmarcPolicies.indexOf(wanted))
    findings.push(finding('dmarcWeak', 'degraded', { policy, wanted }));
  const percent = Number(tags.get('pct') ?? 100);
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    findings.push(finding('dmarcSyntax', 'degraded', { name, tag: 'pct' }));
  else if (percent < 100) findings.push(finding('dmarcPartial', 'note', { percent }));
  findings.push(...(await judgeReports(domain, name, tags.get('rua'), questions)));
  if (findings.every(({ level }) => level === 'note')) findings.push(finding('dmarcGood', 'good', { policy, name }));
  return findings;
}

function policyOf(word: string | undefined): Policy | undefined {
  return dmarcPolicies.find((each) => each === word?.toLowerCase());
}

/** Where reports go, and whether who gets them agreed to (RFC 7489, 7.1). */
async function judgeReports(
  domain: string,
  name: string,
  rua: string | undefined,
  questions: NameQuestions,
): Promise<Finding[]> {
  if (rua === undefined || rua === '') return [finding('dmarcNoReports', 'note', {})];
  const findings: Finding[] = [];
  for (const uri of rua.split(',').slice(0, 5)) {
    const [, address, host] = /^mailto:([^\s@,!]+@([A-Za-z0-9.-]+))(?:!\d+[kmgt]?)?$/iu.exec(uri.trim()) ?? [];
    if (address === undefined || host === undefined) return [finding('dmarcSyntax', 'degraded', { name, tag: 'rua' })];
    if (isRelated(domain, host)) continue;
    const agreement = await questions.texts(`${domain}._report._dmarc.${host}`);
    const agrees = agreement.kind === 'found' && agreement.values.some((each) => /^v\s*=\s*DMARC1/u.test(each));
    if (!agrees && agreement.kind !== 'failed') findings.push(finding('dmarcReportsRefused', 'degraded', { address }));
  }
  return findings;
}

function isRelated(one: string, other: string): boolean {
  const [a, b] = [`.${one.toLowerCase().replace(/\.$/u, '')}`, `.${other.toLowerCase()}`];
  return a.endsWith(b) || b.endsWith(a);
}
