import type { AddressFacts } from './address-facts.ts';
import type { CheckContext } from './check-kind.ts';
import { kinds } from './checks/kinds.ts';
import { lookAtAddress, type LookPlan } from './look-at-address.ts';
import { ConnectionFailure, resolveAllowed } from './open-connection.ts';
import { turnstile, type Turnstile } from './turnstile.ts';
import type { WantedAddress } from './wanted-address.ts';

/** One check that could be started. */
export interface ProposedCheck {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly recommended: boolean;
}

/** One address that answered, with what could be watched there. */
export interface ProposedHost {
  readonly address: string;
  /** What the checks will point at. */
  readonly target: string;
  readonly hostName: string;
  readonly facts: AddressFacts;
  readonly checks: readonly ProposedCheck[];
}

/** What the search says while it goes on. `done` counts looked-at addresses of `total`. */
export type ProposeEvent =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'host'; readonly host: ProposedHost }
  | {
      readonly kind: 'failed';
      readonly address: string;
      readonly reason: 'nameNotFound' | 'nameUnanswered' | 'addressForbidden';
    };

// Gentle to small routers and to what watches them for scans.
const hostsAtOnce = 16;
const connectionsAtOnce = 48;
const nameMs = 3_000;

/**
 * Looks at exactly the addresses that were asked for and says what answers there. Ends early, without a word, when the
 * context's signal is aborted. Addresses that the context does not allow are reported and not touched.
 */
export async function* propose(wanted: WantedAddress, context: CheckContext): AsyncGenerator<ProposeEvent> {
  if (wanted.kind === 'refused') return;
  const asked = wanted.kind === 'network' ? wanted.addresses : [wanted.address];
  const { signal } = context;
  const ready: ProposeEvent[] = [];
  let done = 0;
  let news = Promise.withResolvers<void>();
  const onAbort = (): void => news.resolve();
  signal.addEventListener('abort', onAbort);
  const hostTurn = turnstile(hostsAtOnce);
  const turn = turnstile(connectionsAtOnce);
  for (const address of asked) {
    void hostTurn(async () => {
      const event = signal.aborted ? undefined : await lookAtOne(address, wanted, turn, context);
      if (event !== undefined) ready.push(event);
      done += 1;
      ready.push({ kind: 'progress', done, total: asked.length });
      news.resolve();
    });
  }
  yield { kind: 'progress', done: 0, total: asked.length };
  try {
    while (!signal.aborted) {
      const event = ready.shift();
      if (event !== undefined) yield event;
      else if (done >= asked.length) return;
      else {
        await news.promise;
        news = Promise.withResolvers<void>();
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function lookAtOne(
  asked: string,
  wanted: WantedAddress,
  turn: Turnstile,
  context: CheckContext,
): Promise<ProposeEvent | undefined> {
  let address: string | undefined;
  try {
    [{ address } = { address: undefined }] = await resolveAllowed(asked, context.clock.nowMs() + nameMs, context);
  } catch (error) {
    return { kind: 'failed', address: asked, reason: whyNot(error) };
  }
  if (address === undefined) return undefined;
  const plan: LookPlan = {
    address,
    target: asked,
    ports:
      wanted.kind === 'network' || wanted.kind === 'refused' || wanted.port === undefined ? undefined : [wanted.port],
    url: wanted.kind === 'url' ? wanted.url : undefined,
  };
  const facts = await lookAtAddress(plan, turn, context);
  return facts === undefined ? undefined : { kind: 'host', host: hostOf(facts) };
}

function whyNot(error: unknown): 'nameNotFound' | 'nameUnanswered' | 'addressForbidden' {
  const code = error instanceof ConnectionFailure ? error.reason.code : undefined;
  return code === 'nameNotFound' || code === 'addressForbidden' ? code : 'nameUnanswered';
}

/** Asks every kind what it would watch there, the recommended first. */
function hostOf(facts: AddressFacts): ProposedHost {
  const checks = [...kinds.values()]
    .flatMap((kind) => kind.propose(facts).map((proposal) => ({ kind: kind.name, ...proposal })))
    .toSorted((a, b) => Number(b.recommended) - Number(a.recommended));
  return { address: facts.address, target: facts.target, hostName: facts.hostName, facts, checks };
}
