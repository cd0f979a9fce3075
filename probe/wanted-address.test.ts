import { expect, test } from 'vitest';
import { readWanted } from './wanted-address.ts';

test.each([
  ['srv-web', { kind: 'one', address: 'srv-web' }],
  [' intranet.firm.example ', { kind: 'one', address: 'intranet.firm.example' }],
  ['10.0.0.5', { kind: 'one', address: '10.0.0.5' }],
  ['10.0.0.5:8080', { kind: 'one', address: '10.0.0.5', port: 8080 }],
  ['2001:db8::1', { kind: 'one', address: '2001:db8::1' }],
  ['[2001:db8::1]:443', { kind: 'one', address: '2001:db8::1', port: 443 }],
])('%s is one address', (typed, wanted) => {
  expect(readWanted(typed)).toEqual(wanted);
});

test('a web address keeps its path and gets its port', () => {
  expect(readWanted('https://www.firm.example/health?deep=1')).toMatchObject({
    kind: 'url',
    address: 'www.firm.example',
    port: 443,
  });
  expect(readWanted('http://[::1]:8080/')).toMatchObject({ kind: 'url', address: '::1', port: 8080 });
});

test('a small network is its hosts, and a large one is refused', () => {
  expect(readWanted('192.168.1.77/30')).toEqual({ kind: 'network', addresses: ['192.168.1.77', '192.168.1.78'] });
  expect(readWanted('10.0.0.0/31')).toEqual({ kind: 'network', addresses: ['10.0.0.0', '10.0.0.1'] });
  expect(readWanted('10.0.0.9/32')).toEqual({ kind: 'network', addresses: ['10.0.0.9'] });
  const network = readWanted('10.0.0.0/24');
  expect(network.kind === 'network' && network.addresses.length).toBe(254);
  expect(readWanted('10.0.0.0/23')).toEqual({ kind: 'refused', why: 'networkTooLarge' });
  expect(readWanted('2001:db8::/64')).toEqual({ kind: 'refused', why: 'networkTooLarge' });
});

test.each([
  '',
  'a b',
  '300.1.2.3',
  'ftp://x',
  'http://',
  '-x',
  'x'.repeat(300),
  'host:99999',
  '10.0.0.0/99',
  "'; drop table",
])('%j is refused', (typed) => {
  expect(readWanted(typed)).toEqual({ kind: 'refused', why: 'notAnAddress' });
});
