import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { looking, Proposal } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, ProbeTools } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { propose, type ProposedCheck, type ProposedHost } from '#probe/propose.ts';
import { readWanted, type WantedAddress } from '#probe/wanted-address.ts';
import { proposalReasons as en } from '#texts/en/watch.ts';
import { proposalReasons as fr } from '#texts/fr/watch.ts';
import type { KnownHost, Needs } from '../needs.ts';
import { mayReach } from '../running/run-check.ts';
import { checkStore } from './store-check.ts';

const reasons = { en, fr };

interface Parts {
  readonly db: Database<'watch'>;
  readonly tools: ProbeTools;
  readonly needs: Pick<Needs, 'hostsByAddress' | 'localHost'>;
}

type Looking = z.infer<typeof looking>;

const lookTimeoutMs = 5_000;

/**
 * Looks at what was typed and proposes checks as they are found, but for those that are watched already. What leads back into this machine is looked at for an
 * administrator only.
 * @throws Refusal before anything is contacted when the text is no address, the network too large or the name unknown
 */
export async function look(
  parts: Parts,
  what: string,
  caller: Caller,
  signal: AbortSignal,
): Promise<AsyncGenerator<Looking>> {
  const wanted = readWanted(what);
  if (wanted.kind === 'refused') {
    throw wanted.why === 'networkTooLarge'
      ? new Refusal('network_too_large', { limit: 256 })
      : new Refusal('address_not_found', { what });
  }
  const isAdministrator = actorOf(caller).role === 'administrator';
  const context: CheckContext = {
    signal,
    timeoutMs: lookTimeoutMs,
    clock: steadyClock,
    tools: parts.tools,
    memory: new RunMemory(),
    kept: new RunMemory(),
    mayReach: (address) => mayReach(address, isAdministrator),
  };
  await checkFirst(wanted, what, context);
  return events(parts, wanted, caller.language, context);
}

/** One wrong address is refused at once; within a network it is only left out. */
async function checkFirst(
  wanted: Exclude<WantedAddress, { kind: 'refused' }>,
  what: string,
  context: CheckContext,
): Promise<void> {
  if (wanted.kind === 'network') {
    const [first = ''] = wanted.addresses;
    if (!context.mayReach(first)) throw new Refusal('address_forbidden', { address: what });
    return;
  }
  const found = await context.tools.lookup.resolve(wanted.address, lookTimeoutMs).catch(() => []);
  if (found.length === 0) throw new Refusal('address_not_found', { what });
  if (!found.some(({ address }) => context.mayReach(address)))
    throw new Refusal('address_forbidden', { address: wanted.address });
}

async function* events(
  parts: Parts,
  wanted: WantedAddress,
  language: Language,
  context: CheckContext,
): AsyncGenerator<Looking> {
  let found = 0;
  let addresses = 0;
  let watched = 0;
  for await (const event of propose(wanted, context)) {
    if (event.kind === 'progress') {
      addresses = event.total;
      yield { step: 'looking', done: event.done, of: event.total, at: '' };
    } else if (event.kind === 'host') {
      for (const proposal of await tellHost(parts, event.host, language)) {
        if (await isWatched(parts, proposal)) watched += 1;
        else {
          found += 1;
          yield { step: 'proposal', proposal };
        }
      }
    }
  }
  yield { step: 'end', found, addresses, watched };
}

/** Whether a check of that kind with the same settings is there on its host. */
async function isWatched({ db }: Parts, { hostId, kind, settings }: Proposal): Promise<boolean> {
  if (hostId === null) return false;
  const complete = kinds.get(kind)?.complete(settings);
  const there = await checkStore(db).ofThing({ kind: 'host', id: hostId });
  return there.some((check) => check.kind === kind && isDeepStrictEqual({ ...check.settings }, complete));
}

async function tellHost({ needs }: Parts, host: ProposedHost, language: Language): Promise<Proposal[]> {
  const [known] = await needs.hostsByAddress([host.target, host.address]);
  const local = await needs.localHost();
  return host.checks.map((check, index) => {
    // What looks from within is this machine's own, by whichever of its addresses it was found.
    const owner: KnownHost | undefined = kinds.get(check.kind)?.requires === 'local' ? local : known;
    return {
      key: `${host.target} ${check.kind} ${index}`,
      hostName: owner?.name ?? host.hostName,
      address: owner?.address ?? host.target,
      kind: check.kind,
      name: nameOf(check, language),
      why: whyOf(check, host.facts, language),
      settings: { ...check.settings },
      intervalSeconds: (kinds.get(check.kind)?.defaults.intervalMs ?? 10_000) / 1_000,
      wanted: check.recommended,
      hostId: owner?.id ?? null,
      hostKind: 'server',
    };
  });
}

function textOf(check: ProposedCheck, field: string): string {
  const value = check.settings[field];
  return typeof value === 'string' ? value : '';
}

function portOf(check: ProposedCheck): number {
  const port = check.settings['port'];
  if (typeof port === 'number' && port > 0) return port;
  if (check.kind === 'ftp') return textOf(check, 'security') === 'implicit' ? 990 : 21;
  return textOf(check, 'scheme') === 'http' ? 80 : 443;
}

/** A short name that tells a host's checks apart. */
function nameOf(check: ProposedCheck, language: Language): string {
  const title = kinds.get(check.kind)?.texts[language].name ?? check.kind;
  switch (check.kind) {
    case 'http': {
      const path = textOf(check, 'path');
      return `${textOf(check, 'scheme').toUpperCase()} ${portOf(check)}${path === '/' ? '' : ` ${path}`}`.slice(0, 200);
    }
    case 'tcp':
      return portOf(check) === 22 ? 'SSH' : `${title} ${portOf(check)}`;
    case 'tls':
    case 'smtp':
    case 'imap':
    case 'pop3':
      return `${title} ${portOf(check)}`;
    default:
      return title;
  }
}

function whyOf(check: ProposedCheck, facts: AddressFacts, language: Language): string {
  const words = reasons[language];
  switch (check.kind) {
    case 'icmp':
      return words.icmp();
    case 'dns':
      return words.dns();
    case 'local-host':
      return words.local();
    case 'http': {
      const page = facts.http.find(
        ({ url }) => new URL(url).protocol === `${textOf(check, 'scheme')}:` && pagePort(url) === portOf(check),
      );
      if (page === undefined) return '';
      return page.location === undefined
        ? words.http(page.status)
        : words.redirect(page.status, page.location).slice(0, 500);
    }
    case 'tls': {
      const tls = facts.tls.find(({ port }) => port === portOf(check));
      if (tls === undefined) return '';
      return tls.authorized || tls.daysLeft < 0 ? words.tls(Math.floor(tls.daysLeft)) : words.untrusted;
    }
    default:
      return portOf(check) === 22 && facts.sshBanner !== undefined
        ? words.ssh(facts.sshBanner)
        : words.tcp(portOf(check));
  }
}

function pagePort(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
