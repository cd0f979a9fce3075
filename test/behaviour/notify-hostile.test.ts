import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';

let house: House;
let server: Server;
let lastWords = '';

/** Speaks just enough SMTP to take any mail, and then says whatever it likes. */
beforeAll(async () => {
  house = await startHouse();
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    let inMail = false;
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n').slice(0, -1)) {
        if (inMail && line !== '.') continue;
        if (line === '.') socket.write(`${lastWords}\r\n`);
        else if (line === 'DATA') socket.write('354 go on\r\n');
        else socket.write('250 fine\r\n');
        inMail = line === 'DATA';
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await house.as.alice.notify.mailServer.set({
    host: '127.0.0.1',
    port: portOf(server.address()),
    security: 'none',
    user: '',
    from: 'vigie@vigie.test',
  });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  server.close();
});

it('what a mail server answers is stored short and clean, whatever it is', async () => {
  lastWords = `250 taken \u0000\u001b[31m ${'x'.repeat(50_000)}`;
  const { id } = await house.as.alice.notify.channels.create({
    name: 'Hostile',
    kind: 'mail',
    settings: { address: 'bob@vigie.test' },
    language: 'en',
  });
  const sent = await house.as.alice.notify.channels.test({ id });
  expect(sent.state).toBe('delivered');
  expect(sent.answer).toMatch(/^250 taken/u);
  expect(Buffer.byteLength(sent.answer)).toBeLessThanOrEqual(500);
  expect(sent.answer).not.toMatch(/\p{Cc}/u);
});
