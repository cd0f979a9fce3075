import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { RecordType } from './settings.ts';

/** The records of one type for a name, each as one line of text. Rejects with the resolver's error. */
export async function askRecords(resolver: Resolver, name: string, type: RecordType): Promise<string[]> {
  switch (type) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    case 'SRV':
      return (await resolver.resolveSrv(name)).map(
        (each) => `${each.priority} ${each.weight} ${each.port} ${each.name}`,
      );
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'PTR':
      return isIP(name) === 0 ? resolver.resolvePtr(name) : resolver.reverse(name);
    default: {
      const soa = await resolver.resolveSoa(name);
      return [`${soa.nsname} ${soa.hostmaster} ${soa.serial} ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minttl}`];
    }
  }
}

/** Whether an expected value is among the records: equal but for case and a closing dot, or, for TXT, contained. */
export function recordsMatch(records: readonly string[], type: RecordType, expected: string): boolean {
  if (type === 'TXT' || type === 'SOA') return records.some((record) => record.includes(expected));
  return records.some((record) => plain(record) === plain(expected));
}

function plain(value: string): string {
  return value.toLowerCase().replace(/\.$/u, '');
}
