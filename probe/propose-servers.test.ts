import { expect, test } from 'vitest';
import type { AddressFacts } from './address-facts.ts';
import { kinds } from './checks/kinds.ts';

const facts: AddressFacts = {
  address: '192.0.2.7',
  target: 'db.firm.example',
  hostName: 'db.firm.example',
  answersPing: true,
  openPorts: [],
  http: [],
  tls: [],
  answersDns: false,
  isThisMachine: false,
};

test.each([
  [5432, 'postgresql'],
  [3306, 'mysql'],
  [6379, 'redis'],
  [5672, 'rabbitmq'],
  [15_672, 'rabbitmq'],
  [1883, 'mqtt'],
  [8883, 'mqtt'],
  [389, 'ldap'],
  [636, 'ldap'],
])('an open port %i proposes %s', (port, name) => {
  const kind = kinds.get(name);
  expect(kind?.propose(facts)).toEqual([]);
  expect(kind?.propose({ ...facts, openPorts: [port] })).toHaveLength(1);
});

test('a port with TLS is proposed with it, and the certificate verified unless it is not believed', () => {
  const seen = { ...facts, openPorts: [636], tls: [{ port: 636, authorized: false, daysLeft: 30 }] };
  expect(kinds.get('ldap')?.propose(seen)[0]?.settings).toMatchObject({
    port: 636,
    tls: 'direct',
    verifyCertificate: false,
  });
  expect(kinds.get('mqtt')?.propose({ ...facts, openPorts: [8883] })[0]?.settings).toMatchObject({
    port: 8883,
    tls: 'direct',
    verifyCertificate: true,
  });
});

function ticked(seen: Partial<AddressFacts>): unknown[] {
  const proposed = kinds.get('tcp')?.propose({ ...facts, ...seen }) ?? [];
  return proposed.filter(({ recommended }) => recommended).map(({ settings }) => settings['port']);
}

test('a port is not ticked where something looks at more than the port, and is where a page was looked for in vain', () => {
  expect(ticked({ openPorts: [22, 9100, 5432], sshBanner: 'SSH-2.0-OpenSSH_9.2p1' })).toEqual([5432]);
  expect(ticked({ openPorts: [22] })).toEqual([22]);
  expect(ticked({ openPorts: [80], http: [{ url: 'http://db.firm.example/', status: 200 }] })).toEqual([]);
  expect(ticked({ openPorts: [80] })).toEqual([80]);
});
