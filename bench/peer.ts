import type { Daemon } from '../test/real/daemons/daemon.ts';

/** So many addresses, each asked by HTTP on port 80 once in an interval. */
export interface PeerLoad {
  readonly count: number;
  readonly intervalMs: number;
}

/** A system that watches a load, to be measured: how it is set up stands beside it, with nothing that it stores spared. */
export interface Peer extends AsyncDisposable {
  /** Its topmost processes. */
  readonly pids: readonly number[];
}

/** Starts one; it ends with all its data when it is disposed of. */
export type StartPeer = (load: PeerLoad) => Promise<Peer>;

export function pidsOf(...daemons: readonly Daemon[]): { readonly pids: readonly number[] } {
  return { pids: daemons.map(({ pid }) => pid) };
}
