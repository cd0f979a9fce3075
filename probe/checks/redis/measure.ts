import type { CheckContext, Metric, ReasonOf } from '#probe/check-kind.ts';
import { counterGrowth, counterRate } from '#probe/counter-rate.ts';
import { beyondLimits, type Finding } from '#probe/limit-reasons.ts';
import { infoNumber, keysOf, replicasOf, type Info } from './read-info.ts';
import type { RedisSettings } from './settings.ts';
import type { RedisReasons } from './texts.ts';

/** What INFO says, as metrics. */
export function measure(info: Info, nowSeconds: number, context: CheckContext): Metric[] {
  const metrics: Metric[] = [];
  const note = (name: string, unit: Metric['unit'], value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) metrics.push({ name, unit, value });
  };
  const used = infoNumber(info, 'used_memory');
  // Without a limit of its own, the machine's memory is the limit.
  const limit = infoNumber(info, 'maxmemory') ?? 0;
  const most = limit > 0 ? limit : infoNumber(info, 'total_system_memory');
  note('uptime', 'seconds', infoNumber(info, 'uptime_in_seconds'));
  note('memoryUsed', 'bytes', used);
  note('memoryPercent', 'percent', used === undefined || most === undefined ? undefined : (used * 100) / most);
  note('clients', 'count', infoNumber(info, 'connected_clients'));
  note('blockedClients', 'count', infoNumber(info, 'blocked_clients'));
  note('keys', 'count', keysOf(info));
  const rate = (name: string, field: string): void => {
    const counter = infoNumber(info, field);
    if (counter !== undefined) note(name, 'perSecond', counterRate(field, counter, context));
  };
  rate('commands', 'total_commands_processed');
  rate('evictions', 'evicted_keys');
  rate('rejected', 'rejected_connections');
  const hits = counterGrowth('hits', infoNumber(info, 'keyspace_hits') ?? 0, context)?.grown ?? 0;
  const misses = counterGrowth('misses', infoNumber(info, 'keyspace_misses') ?? 0, context)?.grown ?? 0;
  if (hits + misses > 0) note('hits', 'percent', (hits * 100) / (hits + misses));
  const savedAt = infoNumber(info, 'rdb_last_save_time');
  if (savedAt !== undefined && savedAt > 0) note('saveAge', 'seconds', Math.max(0, nowSeconds - savedAt));
  note('unsaved', 'count', infoNumber(info, 'rdb_changes_since_last_save'));
  note('replicas', 'count', replicasOf(info).filter(({ online }) => online).length);
  for (const { name, lagSeconds, lagBytes } of replicasOf(info)) {
    note(`replicaLag:${name}`, 'seconds', lagSeconds);
    note(`replicaLagBytes:${name}`, 'bytes', lagBytes);
  }
  if (info.get('role') === 'slave') note('primarySilent', 'seconds', infoNumber(info, 'master_last_io_seconds_ago'));
  return metrics;
}

/** What in INFO counts against the server. */
export function judgeInfo(
  settings: RedisSettings,
  info: Info,
  metrics: readonly Metric[],
): Finding<ReasonOf<RedisReasons>>[] {
  const found: Finding<ReasonOf<RedisReasons>>[] = [];
  const { beyondIs } = settings;
  const isReplica = info.get('role') === 'slave';
  if (info.get('loading') === '1') found.push({ verdict: 'down', reason: { code: 'loading', data: {} } });
  if (settings.role !== 'any' && (settings.role === 'replica') !== isReplica) {
    found.push({ verdict: 'down', reason: { code: 'otherRole', data: { role: isReplica ? 'replica' : 'primary' } } });
  }
  const online = replicasOf(info).filter((each) => each.online).length;
  if (online < settings.replicasExpected) {
    const data = { found: online, expected: settings.replicasExpected };
    found.push({ verdict: 'down', reason: { code: 'replicasMissing', data } });
  }
  if (isReplica && info.get('master_link_status') !== 'up') {
    const primary = `${info.get('master_host') ?? '?'}:${info.get('master_port') ?? '?'}`;
    found.push({ verdict: 'down', reason: { code: 'linkDown', data: { primary } } });
  }
  if (info.get('rdb_last_bgsave_status') === 'err' || info.get('aof_last_write_status') === 'err') {
    found.push({ verdict: beyondIs, reason: { code: 'saveFailed', data: {} } });
  }
  const held = (metric: string, limit: number, side: 'above' | 'below' = 'above') =>
    metrics
      .filter(({ name }) => name.replace(/:.*$/u, '') === metric)
      .map(({ name, unit, value }) => ({
        metric,
        instance: name.slice(metric.length + 1),
        unit,
        value,
        limit,
        side,
      }));
  const limits = [
    ...held('memoryPercent', settings.maxMemoryPercent),
    ...held('evictions', settings.maxEvictionsPerSecond),
    ...held('clients', settings.maxClients),
    ...held('replicaLag', settings.maxLagSeconds),
    ...held('primarySilent', settings.maxLagSeconds),
    ...held('saveAge', settings.maxSaveHours * 3_600),
    ...held('hits', settings.minHitPercent, 'below'),
  ];
  return [...found, ...beyondLimits(limits, beyondIs)];
}
