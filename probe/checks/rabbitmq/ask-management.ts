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
  /** The broker's own health checks that failed, with what they say. */
  readonly failed: readonly { readonly check: string; readonly said: string }[];
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
  const around = { deadlineMs, context };
  const failed = await Promise.all(healthChecks.map((check) => askHealth(settings, target, check, around)));
  return { version, nodes, queues, failed: failed.filter((each) => each !== undefined) };
}

// Alarms are told by each node already.
const healthChecks = ['virtual-hosts', 'node-is-quorum-critical'] as const;
const healthShape = z.object({ status: z.string().catch(''), reason: z.string().catch('') });

interface Around {
  readonly deadlineMs: number;
  readonly context: CheckContext;
}

/** A health check of the broker's own: 503 says that it failed; older brokers, and some for lack of rights, have none. */
async function askHealth(
  settings: RabbitmqSettings,
  target: string,
  check: string,
  around: Around,
): Promise<{ check: string; said: string } | undefined> {
  const { status, body } = await get(settings, target, `/api/health/checks/${check}`, around);
  const answer = status === 503 ? healthShape.safeParse(readJson(body)) : undefined;
  return answer?.success === true ? { check, said: answer.data.reason.slice(0, 200) } : undefined;
}

async function askOne<Answer>(
  settings: RabbitmqSettings,
  target: string,
  path: string,
  shape: z.ZodType<Answer>,
  around: Around,
): Promise<Answer> {
  const { status, body } = await get(settings, target, path, around);
  if (status === 401 || status === 403) throw new WebFailure({ code: 'signInRefused', data: { status } });
  const answer = status === 200 ? shape.safeParse(readJson(body)) : undefined;
  if (answer?.success === true) return answer.data;
  throw new SessionFailure({
    code: 'otherProtocol',
    data: { protocol: 'RabbitMQ', said: `${path.slice(0, 60)}: ${status}` },
  });
}

function get(settings: RabbitmqSettings, target: string, path: string, { deadlineMs, context }: Around) {
  const scheme = settings.managementTls ? 'https' : 'http';
  const request = {
    address: { scheme, connectTo: target, hostName: target, port: settings.managementPort, path },
    method: 'GET',
    headers: { accept: 'application/json', 'user-agent': 'Vigie' },
    body: undefined,
    http2: false,
    limitBytes,
    verifyCertificate: settings.verifyCertificate,
  } as const;
  const credential = { way: 'basic', user: settings.user, password: settings.password } as const;
  return fetchWeb({ request, credential, redirects: 0, elsewhere: false }, deadlineMs, context);
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
