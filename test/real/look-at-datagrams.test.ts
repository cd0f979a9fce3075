import { afterAll, expect, test } from 'vitest';
import type { AddressFacts } from '#probe/address-facts.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { lookAtDatagrams } from '#probe/look-at-datagrams.ts';
import { probeContext } from '#probe/testing/probe-context.ts';
import { until } from '../until.ts';
import { freePort } from './daemons/free-port.ts';
import { printerReady, switchDevice, upsOnLine } from '#lab/recorded-devices.ts';
import { startSnmpsim } from './daemons/snmp/start-snmpsim.ts';
import { startChronyd } from './daemons/start-chronyd.ts';

const clock = await startChronyd(4);
afterAll(() => clock[Symbol.asyncDispose]());

const bare: AddressFacts = {
  address: '127.0.0.1',
  target: '127.0.0.1',
  hostName: 'device',
  answersPing: true,
  openPorts: [],
  http: [],
  tls: [],
  answersDns: false,
  isThisMachine: false,
};
const recommended = (facts: Partial<AddressFacts>) =>
  [...kinds.values()]
    .filter((kind) => kind.propose({ ...bare, ...facts }).some((each) => each.recommended))
    .map(({ name }) => name);

/** Looks until the agent is found: on a busy machine the simulator is slower than the look is patient. */
async function lookUntil(agent: 'public' | 'v3', ports: { ntp: number; snmp: number }) {
  let facts: Awaited<ReturnType<typeof lookAtDatagrams>> = {};
  await until(async () => {
    facts = await lookAtDatagrams('127.0.0.1', probeContext(), ports);
    return facts.answersSnmp === agent;
  });
  return facts;
}

test.each([
  ['a switch', switchDevice, ['snmp-interfaces']],
  ['a UPS', upsOnLine, ['snmp-ups']],
  ['a printer', printerReady, ['snmp-printer']],
])('%s that admits “public” is proposed as what it is', async (_name, recording, proposed) => {
  await using device = await startSnmpsim({ public: recording });
  const facts = await lookUntil('public', { ntp: clock.port, snmp: device.port });
  expect(facts.answersNtp).toBe(true);
  expect(
    recommended(facts)
      .filter((name) => name !== 'icmp')
      .toSorted(),
  ).toEqual(['ntp', ...proposed]);
});

test('an agent of another community still shows its v3 engine, and is not recommended', async () => {
  await using device = await startSnmpsim({ secret: switchDevice });
  const facts = await lookUntil('v3', { ntp: await freePort(), snmp: device.port });
  expect(facts).toEqual({ answersNtp: false, answersSnmp: 'v3' });
  expect(recommended(facts)).toEqual(['icmp']);
});

test('nothing there is nothing to propose, and what may not be reached is not touched', async () => {
  const ports = { ntp: await freePort(), snmp: await freePort() };
  expect(await lookAtDatagrams('127.0.0.1', probeContext(), ports)).toEqual({ answersNtp: false });
  const forbidden = probeContext({ mayReach: () => false });
  expect(await lookAtDatagrams('127.0.0.1', forbidden, { ...ports, ntp: clock.port })).toEqual({});
});
