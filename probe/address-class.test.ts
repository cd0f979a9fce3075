import { expect, test } from 'vitest';
import { addressClass, needsLeave } from './address-class.ts';

test.each([
  ['8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['10.1.2.3', 'private'],
  ['192.168.0.1', 'private'],
  ['fd12::1', 'private'],
  ['100.64.0.1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.255.0.9', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::127.0.0.1', 'loopback'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['2002:7f00:1::', 'loopback'],
  ['::ffff:0:127.0.0.1', 'loopback'],
  ['169.254.10.1', 'linkLocal'],
  ['fe80::1%eth0', 'linkLocal'],
  ['169.254.169.254', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['fd20:ce::254', 'metadata'],
  ['fd00:42::42', 'metadata'],
  ['0.0.0.0', 'unusable'],
  ['::', 'unusable'],
  ['255.255.255.255', 'unusable'],
  ['224.0.0.1', 'unusable'],
  ['ff02::1', 'unusable'],
  ['not an address', 'unusable'],
])('%s is %s', (address, kind) => {
  expect(addressClass(address)).toBe(kind);
});

test('an administrator has to allow what leads back into the server', () => {
  expect((['public', 'private', 'unusable'] as const).map(needsLeave)).toEqual([false, false, false]);
  expect((['loopback', 'linkLocal', 'metadata'] as const).map(needsLeave)).toEqual([true, true, true]);
});
