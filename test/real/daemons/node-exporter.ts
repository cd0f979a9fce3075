import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';

/** A real Prometheus node exporter on 127.0.0.1. */
export interface NodeExporter extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/** Starts one. Needs Debian's prometheus-node-exporter. */
export async function startNodeExporter(): Promise<NodeExporter> {
  const port = await freePort();
  const daemon = new Daemon('/usr/bin/prometheus-node-exporter', [`--web.listen-address=127.0.0.1:${port}`]);
  await daemon.listening(port);
  return { port, daemon, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() };
}
