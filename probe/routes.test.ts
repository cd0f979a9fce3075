import { describe, expect, test } from 'vitest';
import { hasDefaultRoute6, parseRoutes, routeTo } from './routes.ts';

const table = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
wg0\t0008000A\t0A00000A\t0003\t0\t0\t50\t00FFFFFF\t0\t0\t0
eth1\t0008000A\t0B00000A\t0003\t0\t0\t10\t00FFFFFF\t0\t0\t0
eth0\t0000FE0A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0
`;

describe('the routes of this machine', () => {
  const routes = parseRoutes(table);

  test('are read with their gateways, and what is refused is left out', () => {
    expect(routes).toHaveLength(4);
    expect(routes[0]).toEqual({ link: 'eth0', network: 0, mask: 0, gateway: '192.0.2.1', metric: 0 });
  });

  test('lead to an address by the narrowest network, then by the least metric', () => {
    expect(routeTo('198.51.100.7', routes)?.gateway).toBe('192.0.2.1');
    expect(routeTo('192.0.2.77', routes)).toMatchObject({ link: 'eth0', gateway: null });
    expect(routeTo('10.0.8.9', routes)).toMatchObject({ link: 'eth1', gateway: '10.0.0.11' });
    expect(routeTo('2001:db8::1', routes)).toBeNull();
    expect(routeTo('10.0.8.9', [])).toBeNull();
  });

  test('over IPv6 count when a router is named', () => {
    const none = '0'.repeat(32);
    const line = (next: string, link: string, flags: string) =>
      `${none} 00 ${none} 00 ${next} 00000400 00000001 00000000 ${flags} ${link}`;
    expect(hasDefaultRoute6(line('fe80000000000000000000000000000a', 'eth0', '00000003'))).toBe(true);
    expect(hasDefaultRoute6(line(none, 'lo', '00200200'))).toBe(false);
    expect(hasDefaultRoute6('')).toBe(false);
  });

  test('that are nonsense are no routes', () => {
    expect(parseRoutes('Iface\nfoo bar\n\u0000\u0001\n')).toEqual([]);
  });
});
