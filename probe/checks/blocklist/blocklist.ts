import { addressClass } from '#probe/address-class.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { NameFailure } from '#probe/name-lookup.ts';
import { NameQuestions } from '#probe/name-questions.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { askList, testList, type ListAnswer, type ListState } from './ask-list.ts';
import { blocklistSettings, type BlocklistSettings } from './settings.ts';
import { blocklistTexts, type BlocklistReasons } from './texts.ts';

const kind: CheckKind<BlocklistSettings, BlocklistReasons> = {
  name: 'blocklist',
  settings: blocklistSettings,
  texts: blocklistTexts,
  // Lists bear being asked now and then, not always.
  defaults: { intervalMs: 3_600_000, timeoutMs: 20_000 },
  requires: 'network',
  run: runBlocklist,
};

/** Whether mail servers stand on lists of senders of junk. */
export const blocklist = defineKind(kind);

interface Entry {
  readonly list: string;
  readonly address: string;
  readonly answer: ListAnswer;
}

const mostAddresses = 12;

async function runBlocklist(
  settings: BlocklistSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<BlocklistReasons>> {
  const startedMs = context.clock.nowMs();
  try {
    using questions = await NameQuestions.open(settings.server, settings.serverPort, context);
    const addresses = await addressesOf(settings, target, questions, context);
    const states = await testLists(settings.lists, addresses, questions);
    const working = settings.lists.filter((list) => states.get(list) === 'working');
    const entries = await Promise.all(
      working.flatMap((list) =>
        addresses.map(async (address) => ({ list, address, answer: await askList(address, list, questions) })),
      ),
    );
    return {
      ...judge(settings, addresses, entries),
      output: evidence(states, entries),
      metrics: measure(settings, entries),
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

/** The public addresses of the target and of the hosts that take mail for the domain; only these can be on a public list. */
async function addressesOf(
  { domain }: BlocklistSettings,
  target: CheckTarget,
  questions: NameQuestions,
  context: CheckContext,
): Promise<string[]> {
  const own = await ownAddresses(target.address, context);
  const exchangers = domain === '' ? undefined : await questions.exchangers(domain);
  const hosts = exchangers?.kind === 'found' ? exchangers.values.slice(0, 10) : [];
  const theirs = await Promise.all(hosts.map(({ exchange }) => questions.anyAddresses(exchange)));
  const all = [...own, ...theirs.flatMap((answer) => (answer.kind === 'found' ? answer.values : []))];
  return [...new Set(all)].filter((address) => addressClass(address) === 'public').slice(0, mostAddresses);
}

async function ownAddresses(name: string, { tools, timeoutMs }: CheckContext): Promise<string[]> {
  try {
    return (await tools.lookup.resolve(name, timeoutMs / 2)).map(({ address }) => address);
  } catch (error) {
    if (!(error instanceof NameFailure)) throw error;
    const code = error.kind === 'notFound' ? 'nameNotFound' : 'nameUnanswered';
    throw new ConnectionFailure({ code, data: { name } });
  }
}

async function testLists(
  lists: readonly string[],
  addresses: readonly string[],
  questions: NameQuestions,
): Promise<Map<string, ListState>> {
  if (addresses.length === 0) return new Map();
  return new Map(
    await Promise.all(lists.map(async (list) => [list, await testList(list, questions)] satisfies [string, ListState])),
  );
}

function judge(
  settings: BlocklistSettings,
  addresses: readonly string[],
  entries: readonly Entry[],
): { verdict: Verdict; reason: ReasonOf<BlocklistReasons> } {
  if (addresses.length === 0) return { verdict: 'unknown', reason: { code: 'noPublicAddress', data: {} } };
  const listed = entries.filter(({ answer }) => answer.kind === 'listed');
  const lists = new Set(listed.map(({ list }) => list));
  const [first] = listed;
  if (first !== undefined && first.answer.kind === 'listed') {
    const { address, answer } = first;
    const data = { address, lists: [...lists].slice(0, 5).join(', '), count: lists.size, why: answer.why };
    return { verdict: lists.size >= settings.downLists ? 'down' : 'degraded', reason: { code: 'listed', data } };
  }
  const answered = new Set(entries.filter(({ answer }) => answer.kind === 'clean').map(({ list }) => list)).size;
  const data = { answered, asked: settings.lists.length, addresses: addresses.length };
  return answered === 0
    ? { verdict: 'unknown', reason: { code: 'noListAnswers', data: { asked: data.asked } } }
    : { verdict: 'up', reason: { code: 'clean', data } };
}

function measure({ lists }: BlocklistSettings, entries: readonly Entry[]): Metric[] {
  const count = (wanted: ListAnswer['kind']): number =>
    new Set(entries.filter(({ answer }) => answer.kind === wanted).map(({ list }) => list)).size;
  const listed = count('listed');
  const answered = new Set(
    entries.filter(({ answer }) => answer.kind === 'clean' || answer.kind === 'listed').map(({ list }) => list),
  ).size;
  return [
    { name: 'listed', unit: 'count', value: listed },
    { name: 'unanswered', unit: 'count', value: lists.length - answered },
  ];
}

/** Facts in the lists' own words: name, address, codes. */
function evidence(states: ReadonlyMap<string, ListState>, entries: readonly Entry[]): string {
  const useless = [...states].filter(([, state]) => state !== 'working').map(([list, state]) => `${list}: ${state}`);
  const lines = entries.map(({ list, address, answer }) => {
    switch (answer.kind) {
      case 'listed':
        return `${list}: ${address} LISTED ${answer.codes.join(' ')} ${answer.why}`;
      case 'clean':
        return `${list}: ${address} clean`;
      case 'refused':
        return `${list}: ${address} refused ${answer.codes.join(' ')}`;
      default:
        return `${list}: ${address} ${answer.code}`;
    }
  });
  const listed = lines.filter((line) => line.includes(' LISTED '));
  const others = lines.filter((line) => !line.includes(' LISTED '));
  return sanitiseOutput([...listed, ...others, ...useless].join('\n'));
}
