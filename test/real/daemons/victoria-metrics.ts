import { z } from 'zod';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

/** A store of measurements that can go away and come back with what it has. */
export interface VictoriaMetrics extends AsyncDisposable {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** The values of an instant query, by their labels in order. */
  readonly query: (query: string, at: Date) => Promise<{ metric: Record<string, string>; value: number }[]>;
}

export function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  return inOwnFolder('vm', async (folder, own) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let daemon: Daemon | null = null;
    const start = async (): Promise<void> => {
      daemon = new Daemon('/usr/bin/victoria-metrics', [
        `-httpListenAddr=127.0.0.1:${port}`,
        `-storageDataPath=${folder}`,
        '-retentionPeriod=10y',
        '-search.latencyOffset=0s',
        '-search.disableCache',
        '-memory.allowedBytes=64MB',
      ]);
      await daemon.listening(port);
    };
    const stop = async (): Promise<void> => {
      await daemon?.[Symbol.asyncDispose]();
      daemon = null;
    };
    own.defer(stop);
    await start();
    return {
      url,
      start,
      stop,
      async query(query, at) {
        // What was written a moment ago is told only after this.
        await fetch(`${url}/internal/force_flush`);
        const asked = new URLSearchParams({ query, time: String(at.getTime() / 1_000), nocache: '1' });
        const answer: unknown = await (await fetch(`${url}/api/v1/query?${asked.toString()}`)).json();
        return readInstant(answer);
      },
    };
  });
}

function readInstant(answer: unknown): { metric: Record<string, string>; value: number }[] {
  const { data } = z
    .object({
      data: z.object({
        result: z.array(
          z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
        ),
      }),
    })
    .parse(answer);
  return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
}
