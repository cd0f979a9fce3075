import { startBenchVigie } from './bench-vigie.ts';
import { pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import type { Peer, PeerLoad } from './peer.ts';

/** Vigie beside its peers, with everything that it keeps. */
export async function startVigieAsPeer({ count, intervalMs }: PeerLoad): Promise<Peer> {
  await using ending = new AsyncDisposableStack();
  const vigie = ending.use(await startBenchVigie());
  await pauseOwnChecks(vigie);
  await seedChecks(vigie, { kind: 'http', settings: { scheme: 'http', port: 80 }, count, intervalMs });
  await untilAllUp(vigie, count);
  const kept = ending.move();
  return { pids: [vigie.pid()], [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
