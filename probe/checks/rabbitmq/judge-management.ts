import type { Metric, ReasonOf } from '#probe/check-kind.ts';
import { beyondLimits, type Finding, type Limited } from '#probe/limit-reasons.ts';
import type { BrokerQueue, Managed } from './ask-management.ts';
import type { RabbitmqSettings } from './settings.ts';
import type { RabbitmqReasons } from './texts.ts';

type Found = Finding<ReasonOf<RabbitmqReasons>>;

/** Whether a name is meant by a pattern, where * stands for anything. */
export function isMeant(name: string, pattern: string): boolean {
  // Each piece is looked for after the one before: the time grows with the name, whatever the pattern.
  const [first = '', ...pieces] = pattern.split('*');
  if (pieces.length === 0) return name === pattern;
  const last = pieces.pop() ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}

/** The queues that the settings mean; all when they name none. */
export function meantQueues({ queues: patterns }: RabbitmqSettings, queues: readonly BrokerQueue[]): BrokerQueue[] {
  if (patterns.length === 0) return [...queues];
  return queues.filter(({ name }) => patterns.some((pattern) => isMeant(name, pattern)));
}

// One series for each queue would be too many for some brokers.
const queuesShown = 50;

/** What the management interface tells, as metrics. */
export function managementMetrics(settings: RabbitmqSettings, { nodes, queues }: Managed): Metric[] {
  const meant = meantQueues(settings, queues);
  const sum = (pick: (queue: BrokerQueue) => number): number => meant.reduce((all, each) => all + pick(each), 0);
  const single = nodes.length === 1;
  return [
    { name: 'queues', unit: 'count', value: meant.length },
    { name: 'ready', unit: 'count', value: sum((each) => each.messages_ready) },
    { name: 'unacked', unit: 'count', value: sum((each) => each.messages_unacknowledged) },
    { name: 'consumers', unit: 'count', value: sum((each) => each.consumers) },
    { name: 'nodes', unit: 'count', value: nodes.filter(({ running }) => running).length },
    ...nodes.flatMap(({ name, mem_used: used, mem_limit: most, disk_free: free }): Metric[] => {
      const instance = single ? '' : `:${name.slice(0, 60)}`;
      return [
        { name: `memory${instance}`, unit: 'bytes', value: used },
        ...(most > 0
          ? [{ name: `memoryPercent${instance}`, unit: 'percent' as const, value: (used * 100) / most }]
          : []),
        { name: `diskFree${instance}`, unit: 'bytes', value: free },
      ];
    }),
    // Queues that somebody named are worth a chart of their own.
    ...(settings.queues.length === 0 ? [] : meant.slice(0, queuesShown)).flatMap((queue): Metric[] => [
      { name: `queueReady:${queue.name.slice(0, 60)}`, unit: 'count', value: queue.messages_ready },
      { name: `queueUnacked:${queue.name.slice(0, 60)}`, unit: 'count', value: queue.messages_unacknowledged },
    ]),
  ];
}

/** What in it counts against the broker. */
export function judgeManagement(settings: RabbitmqSettings, { nodes, queues, failed }: Managed): Found[] {
  const { beyondIs } = settings;
  const found: Found[] = [];
  for (const node of nodes) {
    const data = { node: node.name };
    if (!node.running) found.push({ verdict: 'down', reason: { code: 'nodeDown', data } });
    if (node.partitions.length > 0) found.push({ verdict: 'down', reason: { code: 'partitioned', data } });
    // Publishers are blocked while an alarm lasts.
    if (node.mem_alarm) found.push({ verdict: 'down', reason: { code: 'memoryAlarm', data } });
    if (node.disk_free_alarm) found.push({ verdict: 'down', reason: { code: 'diskAlarm', data } });
  }
  for (const pattern of settings.queuesExpected) {
    if (queues.some(({ name }) => isMeant(name, pattern))) continue;
    found.push({ verdict: 'down', reason: { code: 'queueMissing', data: { queue: pattern } } });
  }
  for (const { check, said } of failed) {
    const verdict = check === 'virtual-hosts' ? 'down' : 'degraded';
    found.push({ verdict, reason: { code: 'healthCheckFailed', data: { check, said } } });
  }
  const meant = meantQueues(settings, queues);
  for (const { name, state } of meant) {
    if (state === 'down' || state === 'crashed' || state === 'stopped') {
      found.push({ verdict: 'down', reason: { code: 'queueDown', data: { queue: name, state } } });
    }
  }
  const limits: Limited[] = [
    ...meant.flatMap((queue): Limited[] => [
      { metric: 'ready', instance: queue.name, unit: 'count', value: queue.messages_ready, limit: settings.maxReady },
      {
        metric: 'unacked',
        instance: queue.name,
        unit: 'count',
        value: queue.messages_unacknowledged,
        limit: settings.maxUnacked,
      },
      {
        metric: 'consumers',
        instance: queue.name,
        unit: 'count',
        value: queue.consumers,
        limit: settings.minConsumers,
        side: 'below',
      },
    ]),
    ...nodes.map((node): Limited => ({
      metric: 'memoryPercent',
      instance: node.name,
      unit: 'percent',
      value: node.mem_limit > 0 ? (node.mem_used * 100) / node.mem_limit : undefined,
      limit: settings.maxMemoryPercent,
    })),
  ];
  return [...found, ...beyondLimits(limits, beyondIs)];
}
