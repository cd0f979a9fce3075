import type { NameQuestions } from '#probe/name-questions.ts';
import { finding, shortRecord, type Finding } from './finding.ts';
import { readDirective, type Directive } from './read-directive.ts';

// RFC 7208, 4.6.4: more of either, and receivers give up with a permanent error.
const mostLookups = 10;
const mostVoids = 2;
// Counted on a little, so that the sentence can say how many there are.
const countedLookups = 40;

/** What a walk through a record and all that it includes has met. */
interface Walk {
  readonly questions: NameQuestions;
  lookups: number;
  readonly voids: string[];
  readonly findings: Finding[];
  /** From the first domain down to the one that is being read. */
  readonly path: string[];
}

/** Judges the SPF record of a domain as a receiver would meet it, without an address in mind (RFC 7208). */
export async function judgeSpf(domain: string, questions: NameQuestions): Promise<Finding[]> {
  const walk: Walk = { questions, lookups: 0, voids: [], findings: [], path: [] };
  const end = await walkRecord(domain, walk);
  const { findings, lookups, voids } = walk;
  if (lookups > mostLookups) findings.push(finding('spfLookups', 'down', { lookups }));
  if (voids.length > mostVoids)
    findings.push(finding('spfVoid', 'down', { voids: voids.length, names: voids.slice(0, 5).join(', ') }));
  if (end === '+') findings.push(finding('spfOpen', 'down', { name: domain }));
  if (end === '?') findings.push(finding('spfNeutral', 'degraded', { name: domain }));
  if (end === 'none') findings.push(finding('spfNoEnd', 'degraded', { name: domain }));
  if (findings.every(({ level }) => level === 'note') && (end === '-' || end === '~'))
    findings.push(finding('spfGood', 'good', { lookups, end: `${end}all` }));
  return findings;
}

/** How a record ends: the sign before `all`, `none` without one, undefined when it cannot be read. */
type End = '+' | '-' | '~' | '?' | 'none' | undefined;

async function walkRecord(name: string, walk: Walk): Promise<End> {
  if (walk.path.includes(name.toLowerCase())) {
    walk.findings.push(finding('spfLoop', 'down', { name }));
    return undefined;
  }
  const record = await fetchRecord(name, walk);
  if (record === undefined) return undefined;
  walk.path.push(name.toLowerCase());
  try {
    return await walkTerms(name, record.split(/ +/u).slice(1), walk);
  } finally {
    walk.path.pop();
  }
}

async function fetchRecord(name: string, { questions, findings, path }: Walk): Promise<string | undefined> {
  const answer = await questions.texts(name);
  if (answer.kind === 'failed') {
    findings.push(finding('unanswered', 'unknown', { name, code: answer.code }));
    return undefined;
  }
  const records = answer.kind === 'found' ? answer.values.filter((each) => /^v=spf1(?: |$)/iu.test(each)) : [];
  if (records.length > 1) findings.push(finding('spfMany', 'down', { name, count: records.length }));
  else if (records.length === 0)
    findings.push(
      path.length === 0
        ? finding('spfMissing', 'down', { domain: name })
        : finding('spfIncludeMissing', 'down', { name }),
    );
  return records.length === 1 ? records[0] : undefined;
}

async function walkTerms(name: string, terms: readonly string[], walk: Walk): Promise<End> {
  let redirect: string | undefined;
  for (const term of terms) {
    if (term === '') continue;
    const modifier = /^([A-Za-z][A-Za-z0-9._-]*)=(.*)$/u.exec(term);
    if (modifier !== null) {
      if (modifier[1]?.toLowerCase() === 'redirect') redirect = modifier[2];
      continue;
    }
    const directive = readDirective(term);
    if (directive === undefined) {
      walk.findings.push(finding('spfSyntax', 'down', { name, term: shortRecord(term) }));
      return undefined;
    }
    // What stands behind "all" is never looked at (RFC 7208, 5.1).
    if (directive.mechanism === 'all') return directive.sign;
    await look(name, directive, walk);
  }
  if (redirect === undefined) return 'none';
  walk.lookups += 1;
  return hasMacro(redirect) || walk.lookups > countedLookups ? undefined : walkRecord(redirect, walk);
}

function hasMacro(text: string): boolean {
  return text.includes('%');
}

/** Counts what a mechanism costs, and follows it where no sender's address is needed for that. */
async function look(name: string, { mechanism, domain }: Directive, walk: Walk): Promise<void> {
  if (mechanism === 'ip4' || mechanism === 'ip6') return;
  walk.lookups += 1;
  if (walk.lookups > countedLookups || hasMacro(domain)) return;
  const { questions, voids, findings } = walk;
  const asked = domain === '' ? name : domain;
  switch (mechanism) {
    case 'include':
      await walkRecord(asked, walk);
      return;
    case 'ptr':
      findings.push(finding('spfPtr', 'note', { name }));
      return;
    default: {
      const answer = mechanism === 'mx' ? await questions.exchangers(asked) : await questions.anyAddresses(asked);
      if (answer.kind === 'failed') findings.push(finding('unanswered', 'unknown', { name: asked, code: answer.code }));
      if (answer.kind === 'noName' || answer.kind === 'noRecord') voids.push(asked);
    }
  }
}
