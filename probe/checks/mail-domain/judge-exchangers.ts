import { isIP } from 'node:net';
import type { NameQuestions } from '#probe/name-questions.ts';
import { finding, shortRecord, type Finding } from './finding.ts';

const mostExchangers = 10;

/** Judges where mail for a domain goes (RFC 5321, 5.1; RFC 7505; RFC 2181, 10.3). */
export async function judgeExchangers(domain: string, questions: NameQuestions): Promise<Finding[]> {
  const answer = await questions.exchangers(domain);
  if (answer.kind === 'failed') return [finding('unanswered', 'unknown', { name: domain, code: answer.code })];
  if (answer.kind !== 'found') {
    const own = await questions.anyAddresses(domain);
    return [
      own.kind === 'found' ? finding('mxImplied', 'degraded', { domain }) : finding('mxMissing', 'down', { domain }),
    ];
  }
  const hosts = answer.values.slice(0, mostExchangers).map(({ exchange }) => exchange.replace(/\.$/u, ''));
  if (hosts.every((host) => host === '')) return [finding('mxNull', 'note', { domain })];
  const each = await Promise.all(hosts.map((host) => judgeHost(host, questions)));
  const findings = each.flat();
  const dead = each.filter((list) => list.some(({ code }) => code === 'mxDead' || code === 'mxAddress')).length;
  if (dead === hosts.length) return findings.map((one) => ({ ...one, level: 'down' as const }));
  if (findings.length > 0) return findings;
  return [finding('mxGood', 'good', { count: hosts.length, hosts: shortRecord(hosts.join(', ')) })];
}

async function judgeHost(host: string, questions: NameQuestions): Promise<Finding[]> {
  if (isIP(host) !== 0) return [finding('mxAddress', 'degraded', { host })];
  const [answer, alias] = await Promise.all([questions.anyAddresses(host), questions.aliases(host)]);
  if (answer.kind === 'failed') return [finding('unanswered', 'unknown', { name: host, code: answer.code })];
  if (answer.kind !== 'found') return [finding('mxDead', 'degraded', { host })];
  return alias.kind === 'found' ? [finding('mxAlias', 'degraded', { host })] : [];
}
