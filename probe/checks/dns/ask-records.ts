import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { fitsPattern } from '#probe/text-pattern.ts';
import type { DnsSettings, RecordType } from './settings.ts';

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
    case 'CAA':
      return (await resolver.resolveCaa(name)).map(({ critical, ...properties }) => {
        // Newer runtimes add the record's type among its properties.
        const [tag, value] = Object.entries(properties).find(([key]) => key !== 'type') ?? ['', ''];
        return `${critical} ${tag} ${value ?? ''}`;
      });
    case 'PTR':
      return isIP(name) === 0 ? resolver.resolvePtr(name) : resolver.reverse(name);
    default: {
      const soa = await resolver.resolveSoa(name);
      return [`${soa.nsname} ${soa.hostmaster} ${soa.serial} ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minttl}`];
    }
  }
}

/**
 * Whether records are as expected. A value is met by an equal record but for case and a closing dot; for TXT and SOA it is
 * enough that the record contains it. `exactly` wants no others, `pattern` wants every record to fit one of the values.
 */
export function recordsMatch(
  records: readonly string[],
  { type, expected, match }: Pick<DnsSettings, 'type' | 'expected' | 'match'>,
): boolean {
  const values = expected
    .split('\n')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length === 0) return true;
  if (match === 'pattern')
    return (
      records.length > 0 && records.every((record) => values.some((value) => fitsPattern(plain(record), plain(value))))
    );
  const partly = match === 'atLeast' && (type === 'TXT' || type === 'SOA');
  const meets = (record: string, value: string): boolean =>
    partly ? record.includes(value) : plain(record) === plain(value);
  const all = values.every((value) => records.some((record) => meets(record, value)));
  return all && (match === 'atLeast' || records.every((record) => values.some((value) => meets(record, value))));
}

function plain(value: string): string {
  return value.toLowerCase().replace(/\.$/u, '');
}
