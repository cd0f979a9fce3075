import { describe, expect, test } from 'vitest';
import { dhcpDiscover, readDhcpOffer } from './dhcp-message.ts';
import { linkTo } from './dhcp.ts';

const hardware = Buffer.from('0200000000aa', 'hex');

/** An offer made from the question itself, with options as given in hexadecimal. */
function offer(options: string, transaction = 7): Buffer {
  const bytes = Buffer.from(dhcpDiscover(transaction, hardware).subarray(0, 240));
  bytes[0] = 2;
  Buffer.from([10, 0, 0, 50]).copy(bytes, 16);
  return Buffer.concat([bytes, Buffer.from(options, 'hex')]);
}

describe('an offer', () => {
  test('is read with what it offers', () => {
    const read = readDhcpOffer(offer('35010236040a0000010104ffffff0003040a000001330400007080ff'), 7, '10.0.0.1');
    expect(read).toMatchObject({
      server: '10.0.0.1',
      address: '10.0.0.50',
      mask: '255.255.255.0',
      routers: ['10.0.0.1'],
      leaseSeconds: 28_800,
    });
  });

  test('to another question, of another kind, cut or endless is none', () => {
    expect(readDhcpOffer(offer('350102ff', 8), 7, '')).toBeUndefined();
    expect(readDhcpOffer(offer('350105ff'), 7, '')).toBeUndefined();
    expect(readDhcpOffer(offer('').subarray(0, 200), 7, '')).toBeUndefined();
    expect(readDhcpOffer(Buffer.alloc(60_000, 2), 7, '')).toBeUndefined();
    expect(readDhcpOffer(offer('35ff02'), 7, '')).toBeUndefined();
  });
});

const info = (address: string, netmask: string, internal = false) => ({
  address,
  netmask,
  internal,
  family: 'IPv4' as const,
  mac: '02:00:00:00:00:aa',
  cidr: null,
});

test('the link is the one in whose network the target lies, and never loopback', () => {
  const interfaces = { lo: [info('127.0.0.1', '255.0.0.0', true)], eth0: [info('10.0.0.9', '255.255.255.0')] };
  expect(linkTo('', '10.0.0.1', interfaces)).toEqual({ address: '10.0.0.9', hardware });
  expect(linkTo('', '10.0.1.1', interfaces)).toBeUndefined();
  expect(linkTo('', '127.0.0.1', interfaces)).toBeUndefined();
  expect(linkTo('eth0', '10.0.1.1', interfaces)?.address).toBe('10.0.0.9');
  expect(linkTo('lo', '127.0.0.1', interfaces)).toBeUndefined();
});
