import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { loopbackServer } from '#probe/testing/loopback-server.ts';
import { offerHello } from './hello.ts';

const offer = { version: 'TLS 1.2', ciphers: 'usual', name: 'www.firm.example' } as const;
const nothing = { version: undefined, cipher: undefined, chain: [], stapled: false };

/** Sends the same block again and again, as fast as it is taken. */
function pour(socket: Socket, block: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}

// A handshake record that holds the middle of a message of sixteen million bytes.
const endlessMessage = Buffer.concat([
  Buffer.from('1603034000', 'hex'),
  Buffer.from('02ffffff', 'hex'),
  Buffer.alloc(16_380, 1),
]);

test.each<[string, (socket: Socket) => void]>([
  ['is silent', () => undefined],
  ['closes', (socket) => void socket.end()],
  ['resets', (socket) => void socket.resetAndDestroy()],
  ['greets in another protocol', (socket) => void socket.write('220 mail ready\r\n')],
  ['alerts', (socket) => void socket.write(Buffer.from('15030300020228', 'hex'))],
  ['sends a hello that is cut short', (socket) => void socket.write(Buffer.from('16030300080200000403030101', 'hex'))],
  ['sends a message without end', (socket) => pour(socket, endlessMessage)],
  ['sends empty records without end', (socket) => pour(socket, Buffer.from('1603030000'.repeat(4_000), 'hex'))],
])('a server that %s agrees to nothing, and that is known in time', async (_name, behaviour) => {
  await using server = await loopbackServer(behaviour);
  const socket = connect(server.port, '127.0.0.1');
  const words = await offerHello(socket, offer, 300);
  socket.destroy();
  expect(words).toEqual(nothing);
});
