import type { Client, Entry } from 'ldapts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, ReasonOf } from '#probe/check-kind.ts';
import { certificateEndsSoon, lineMetrics, sessionResult, type Line } from '#probe/client-session.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { DirectoryRefusal, openDirectoryLine, withDirectory } from './open-directory.ts';
import { ldapSettings, type LdapSettings } from './settings.ts';
import { ldapTexts, type LdapReasons } from './texts.ts';

const kind: CheckKind<LdapSettings, LdapReasons> = {
  name: 'ldap',
  settings: ldapSettings,
  texts: ldapTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 5_000 },
  requires: 'network',
  run: runLdap,
  propose: ({ openPorts, tls }) => [
    ...(openPorts.includes(389) ? [{ settings: {}, recommended: true }] : []),
    ...(openPorts.includes(636)
      ? [
          {
            settings: {
              port: 636,
              tls: 'direct' as const,
              verifyCertificate: tls.find(({ port }) => port === 636)?.authorized ?? true,
            },
            recommended: true,
          },
        ]
      : []),
  ],
};

/** A directory: sign-in and search. */
export const ldap = defineKind(kind);

type Found = Finding<ReasonOf<LdapReasons>>;

async function runLdap(
  settings: LdapSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LdapReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const ended = (): Pick<KindResult<LdapReasons>, 'output' | 'metrics' | 'durationMs'> => ({
    output: '',
    metrics: [],
    durationMs: context.clock.nowMs() - startedMs,
  });
  // A name with an empty password is taken for nobody by many servers, and would look like success (RFC 4513, 5.1.2).
  if (settings.user !== '' && settings.password === '') {
    return { verdict: 'unknown', reason: { code: 'passwordEmpty', data: {} }, ...ended() };
  }
  if (!(await isFilter(settings.filter))) {
    return {
      verdict: 'unknown',
      reason: { code: 'badFilter', data: { filter: settings.filter.slice(0, 200) } },
      ...ended(),
    };
  }
  let line: Line | undefined;
  try {
    line = await openDirectoryLine(settings, target.address, deadlineMs, context);
    return await look(settings, line, startedMs, context);
  } catch (error) {
    if (error instanceof DirectoryRefusal) {
      return { verdict: 'down', reason: refusal(error, settings), ...ended() };
    }
    return sessionResult(error, startedMs, context);
  } finally {
    line?.socket.destroy();
  }
}

async function isFilter(filter: string): Promise<boolean> {
  const { FilterParser } = await import('ldapts');
  try {
    FilterParser.parseString(filter === '' ? anything : filter);
    return true;
  } catch {
    return false;
  }
}

const anything = '(objectClass=*)';

// Codes by which a directory refuses a sign-in.
const signInCodes = new Set([7, 8, 48, 49]);

function refusal({ resultCode, message }: DirectoryRefusal, { user, base }: LdapSettings): ReasonOf<LdapReasons> {
  const said = sanitiseOutput(message, 200).replaceAll('\n', ' ');
  if (signInCodes.has(resultCode)) return { code: 'bindRefused', data: { user, result: resultCode, said } };
  return { code: 'searchRefused', data: { base, result: resultCode, said } };
}

interface Searched {
  readonly entries: readonly Entry[];
  readonly references: number;
  /** The directory has more than was read. */
  readonly more: boolean;
}

const mostEntries = 1_000;

async function search(client: Client, settings: LdapSettings): Promise<Searched> {
  if (settings.user !== '') await client.bind(settings.user, settings.password);
  const entries: Entry[] = [];
  let references = 0;
  const pages = client.searchPaginated(settings.base, {
    scope: settings.scope,
    filter: settings.filter === '' ? anything : settings.filter,
    // "1.1" asks for no attribute at all: only names are counted.
    attributes: [settings.attribute === '' ? '1.1' : settings.attribute],
    paged: { pageSize: 100 },
  });
  try {
    for await (const page of pages) {
      entries.push(...page.searchEntries);
      references += page.searchReferences.length;
      if (entries.length >= mostEntries) return { entries, references, more: true };
    }
  } catch (error) {
    // The server's own limit, after it gave some: what came is counted.
    const isLimit = error instanceof Error && 'code' in error && error.code === 4;
    if (!isLimit || entries.length === 0) throw error;
    return { entries, references, more: true };
  }
  return { entries, references, more: false };
}

async function look(
  settings: LdapSettings,
  line: Line,
  startedMs: number,
  context: CheckContext,
): Promise<KindResult<LdapReasons>> {
  const deadlineMs = startedMs + context.timeoutMs;
  const searchedMs = context.clock.nowMs();
  const searched = await withDirectory(line, deadlineMs, context, (client) => search(client, settings));
  const nowMs = context.clock.nowMs();
  const { entries } = searched;
  const durationMs = nowMs - startedMs;
  const soon = certificateEndsSoon(line, settings.warnDays, context);
  const found: Found[] = [
    ...judgeEntries(settings, entries),
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  const good: Found = { verdict: 'up', reason: { code: 'found', data: { entries: entries.length, ms: durationMs } } };
  return {
    ...(worstFinding(found) ?? good),
    output: evidence(settings, searched),
    metrics: [
      ...lineMetrics(line, context),
      { name: 'search', unit: 'ms', value: nowMs - searchedMs },
      { name: 'total', unit: 'ms', value: durationMs },
      { name: 'entries', unit: 'count', value: entries.length },
    ],
    durationMs,
  };
}

function judgeEntries(settings: LdapSettings, entries: readonly Entry[]): Found[] {
  const { minEntries, attribute, attributeExpected } = settings;
  if (entries.length < minEntries) {
    return [{ verdict: 'down', reason: { code: 'tooFew', data: { found: entries.length, expected: minEntries } } }];
  }
  if (attribute === '' || attributeExpected === '') return [];
  const values = entries.flatMap((entry) => valuesOf(entry, attribute));
  if (values.includes(attributeExpected)) return [];
  const shown = sanitiseOutput(values.slice(0, 3).join(', '), 200).replaceAll('\n', ' ');
  const data = { attribute, expected: attributeExpected, values: shown };
  return [{ verdict: 'down', reason: { code: 'otherValue', data } }];
}

/** Names of attributes are the same in capitals and small letters. */
function valuesOf(entry: Entry, attribute: string): string[] {
  const [, found] = Object.entries(entry).find(([name]) => name.toLowerCase() === attribute.toLowerCase()) ?? [];
  if (found === undefined) return [];
  return (Array.isArray(found) ? found : [found]).map((value) => value.toString());
}

function evidence(settings: LdapSettings, { entries, references, more }: Searched): string {
  const lines = [
    `entries: ${entries.length}${more ? ' or more' : ''}`,
    ...(references === 0 ? [] : [`referrals, not followed: ${references}`]),
    ...entries.slice(0, 20).map((entry) => {
      const values = settings.attribute === '' ? [] : valuesOf(entry, settings.attribute);
      return `${entry.dn === '' ? '(root)' : entry.dn}${values.length === 0 ? '' : `: ${values.slice(0, 3).join(', ')}`}`;
    }),
  ];
  return sanitiseOutput(lines.join('\n'));
}
