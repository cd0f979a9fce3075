import { z } from 'zod';
import type { CheckContext } from '#probe/check-kind.ts';
import { SessionFailure } from '#probe/client-session.ts';
import { fetchWeb } from '#probe/web/fetch-web.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import type { RabbitmqSettings } from './settings.ts';

const count = z.number().nonnegative().catch(0);

const overview = z.object({ rabbitmq_version: z.string().max(100).catch('?'), cluster_name: z.string().catch('') });
const nodeShape = z.object({
  name: z.string().max(300),
  running: z.boolean().catch(false),
  mem_used: count,
  mem_limit: count,
  mem_alarm: z.boolean().catch(false),
  disk_free: count,
  disk_free_alarm: z.boolean().catch(false),
  fd_used: count,
  fd_total: count,
  partitions: z.array(z.unknown()).catch([]),
});
const queueShape = z.object({
  name: z.string().max(300),
  state: z.string().max(100).catch(''),
  messages_ready: count,
  messages_unacknowledged: count,
  consumers: count,
});

/** One node of a cluster. */
export type BrokerNode = z.infer<typeof nodeShape>;
/** One queue. */
export type BrokerQueue = z.infer<typeof queueShape>;

/** What the management interface tells. */
export interface Managed {
  readonly version: string;
  readonly nodes: readonly BrokerNode[];
  readonly queues: readonly BrokerQueue[];
}

// Thousands of queues with the few columns that are asked for.
const limitBytes = 4 * 1024 * 1024;
const mostQueues = 5_000;

/** Asks the management interface. Throws what `fetchWeb` throws, and session failures. */
export async function askManagement(
  settings: RabbitmqSettings,
  target: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<Managed> {
  const ask = <Answer>(path: string, shape: z.ZodType<Answer>): Promise<Answer> =>
    askOne(settings, target, path, shape, { deadlineMs, context });
  const columns = 'name,state,messages_ready,messages_unacknowledged,consumers';
  const virtualHost = encodeURIComponent(settings.virtualHost);
  const { rabbitmq_version: version } = await ask('/api/overview', overview);
  const nodes = await ask('/api/nodes', z.array(nodeShape).max(100));
  const queues = await ask(`/api/queues/${virtualHost}?columns=${columns}`, z.array(queueShape).max(mostQueues));
  return { version, nodes, queues };
}

async function askOne<Answer>(
  settings: RabbitmqSettings,
  target: string,
  path: string,
  shape: z.ZodType<Answer>,
  { deadlineMs, context }: { readonly deadlineMs: number; readonly context: CheckContext },
): Promise<Answer> {
  const scheme = settings.managementTls ? 'https' : 'http';
  const { status, body } = await fetchWeb(
    {
      request: {
        address: { scheme, connectTo: target, hostName: target, port: settings.managementPort, path },
        method: 'GET',
        headers: { accept: 'application/json', 'user-agent': 'Vigie' },
        body: undefined,
        http2: false,
        limitBytes,
        verifyCertificate: settings.verifyCertificate,
      },
      credential: { way: 'basic', user: settings.user, password: settings.password },
      redirects: 0,
      elsewhere: false,
    },
    deadlineMs,
    context,
  );
  if (status === 401 || status === 403) throw new WebFailure({ code: 'signInRefused', data: { status } });
  const answer = status === 200 ? shape.safeParse(readJson(body)) : undefined;
  if (answer?.success === true) return answer.data;
  throw new SessionFailure({
    code: 'otherProtocol',
    data: { protocol: 'RabbitMQ', said: `${path.slice(0, 60)}: ${status}` },
  });
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
