import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
let server: Server;
let calls = 0;
beforeAll(async () => {
  house = await startHouse();
  server = createServer((socket) => {
    calls += 1;
    socket.on('error', () => undefined);
    socket.end('220 internal service\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  server.close();
});

it('asking for host keys does not open the ports of this machine to an operator', async () => {
  const port = portOf(server.address());
  const { bob } = house.as;
  const scan = async (address: string): Promise<string | undefined> => {
    const { id } = await bob.estate.hosts.create({ name: `at ${address}`, address, kind: 'server' });
    return refusedWith(bob.upkeep.access.scan({ hostId: id, port }));
  };
  for (const address of ['127.0.0.1', '127.0.0.9', '::1', '::ffff:127.0.0.1', '0.0.0.0', '169.254.169.254'])
    expect([address, await scan(address)]).toEqual([address, 'address_forbidden']);
  // Names are judged by where they lead at the very moment of connecting.
  for (const address of ['localhost', '2130706433', '127.1'])
    expect([address, await scan(address)]).toEqual([address, 'host_unreachable']);
  expect(calls).toBe(0);
});

it('an administrator may look at this machine', async () => {
  const { alice } = house.as;
  const { id } = await alice.estate.hosts.create({ name: 'here', address: 'localhost', kind: 'server' });
  expect(await refusedWith(alice.upkeep.access.scan({ hostId: id, port: portOf(server.address()) }))).toBe(
    'host_unreachable',
  );
  expect(calls).toBeGreaterThan(0);
});
