import { isIP } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { NameQuestions } from '#probe/name-questions.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { finding, type Finding, type Level } from './finding.ts';
import { judgeDkim } from './judge-dkim.ts';
import { judgeDmarc } from './judge-dmarc.ts';
import { judgeExchangers } from './judge-exchangers.ts';
import { judgeSpf } from './judge-spf.ts';
import { judgeMtaSts, judgeTlsRpt } from './judge-transport.ts';
import { mailDomainSettings, type MailDomainSettings } from './settings.ts';
import { tellFinding } from './tell-finding.ts';
import { mailDomainTexts, type MailDomainReasons } from './texts.ts';

const kind: CheckKind<MailDomainSettings, MailDomainReasons> = {
  name: 'mail-domain',
  settings: mailDomainSettings,
  texts: mailDomainTexts,
  defaults: { intervalMs: 900_000, timeoutMs: 20_000 },
  requires: 'network',
  run: runMailDomain,
};

/** What the DNS says about a domain's mail: where it goes, who may send it, how it is signed. */
export const mailDomain = defineKind(kind);

async function runMailDomain(
  settings: MailDomainSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<MailDomainReasons>> {
  const startedMs = context.clock.nowMs();
  const domain = (settings.domain === '' ? target.address : settings.domain).replace(/\.$/u, '');
  if (isIP(domain) !== 0) {
    return { verdict: 'unknown', reason: { code: 'domainMissing', data: {} }, output: '', metrics: [], durationMs: 0 };
  }
  try {
    using questions = await NameQuestions.open(settings.server, settings.serverPort, context);
    const findings = await judgeAll(settings, domain, questions);
    return { ...sumUp(domain, findings), durationMs: context.clock.nowMs() - startedMs };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

async function judgeAll(settings: MailDomainSettings, domain: string, questions: NameQuestions): Promise<Finding[]> {
  const { dkimSelectors, minKeyBits } = settings;
  const all = await Promise.all([
    settings.mx ? judgeExchangers(domain, questions) : [],
    settings.spf ? judgeSpf(domain, questions) : [],
    ...(dkimSelectors.length === 0
      ? [[finding('dkimUnchecked', 'note', {})]]
      : dkimSelectors.map((selector) => judgeDkim(domain, selector, minKeyBits, questions))),
    settings.dmarc ? judgeDmarc(domain, settings.dmarcPolicy, questions) : [],
    judgeMtaSts(domain, settings.mtaSts, questions),
    judgeTlsRpt(domain, settings.tlsRpt, questions),
  ]);
  return all.flat();
}

// What is surely wrong weighs more than what could not be known.
const weights: Readonly<Record<Level, number>> = { good: 0, note: 0, unknown: 1, degraded: 2, down: 3 };
const verdicts: readonly Verdict[] = ['up', 'unknown', 'degraded', 'down'];

function sumUp(domain: string, findings: readonly Finding[]): Omit<KindResult<MailDomainReasons>, 'durationMs'> {
  const sorted = findings.toSorted((a, b) => weights[b.level] - weights[a.level]);
  const faults = sorted.filter(({ level }) => weights[level] > 0);
  const [worst] = faults;
  const lookups = findings.find(({ code }) => code === 'spfGood' || code === 'spfLookups')?.data;
  const metrics: Metric[] = [
    { name: 'findings', unit: 'count', value: faults.filter(({ level }) => level !== 'unknown').length },
    ...(lookups !== undefined && 'lookups' in lookups
      ? [{ name: 'spfLookups', unit: 'count', value: lookups.lookups } as const]
      : []),
  ];
  const output = sanitiseOutput(
    [...sorted.map((each) => lineOf(each, 'en')), '', ...sorted.map((each) => lineOf(each, 'fr'))].join('\n'),
  );
  if (worst === undefined) return { verdict: 'up', reason: { code: 'wellKept', data: { domain } }, output, metrics };
  return {
    verdict: verdicts[weights[worst.level]] ?? 'unknown',
    reason: { code: 'found', data: { ...worst.data, why: worst.code, of: domain, others: faults.length - 1 } },
    output,
    metrics,
  };
}

const marks: Readonly<Record<Level, string>> = { good: '✓', note: '·', unknown: '?', degraded: '△', down: '✗' };

function lineOf({ code, level, data }: Finding, language: 'en' | 'fr'): string {
  return `${marks[level]} ${tellFinding(language, { ...data, why: code })}`;
}
