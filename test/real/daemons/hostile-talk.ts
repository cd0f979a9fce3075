import type { Socket } from 'node:net';

/**
 * Ways in which a server that is asked to greet misbehaves. `greeting` is what its protocol begins with, so that some get
 * past the first line.
 */
export function hostileTalk(greeting: string): readonly (readonly [string, (socket: Socket) => void])[] {
  return [
    ['says nothing', () => undefined],
    ['closes at once', (socket) => void socket.end()],
    ['resets', (socket) => void socket.resetAndDestroy()],
    ['speaks HTTP', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['sends binary', (socket) => void socket.write(Buffer.from(Array.from({ length: 9_000 }, (_n, at) => at % 251)))],
    ['sends a line without end', (socket) => pour(socket, 'x'.repeat(16_384))],
    ['greets for ever', (socket) => pour(socket, `${greeting}\r\n`.repeat(500))],
    ['greets in a list without end', (socket) => pour(socket, `${greeting.replace(' ', '-')}\r\n`.repeat(500))],
    ['drips', (socket) => every(socket, 20, greeting.slice(0, 2))],
    ['greets and then falls silent', (socket) => void socket.write(`${greeting}\r\n`)],
    ['greets and hangs up', (socket) => void socket.end(`${greeting}\r\n`)],
    ['greets and answers nonsense', (socket) => answer(socket, greeting, '\u001b[31m???\r\n')],
    ['announces a huge text', (socket) => answer(socket, greeting, '* CAPABILITY {4000000000}\r\n')],
    ['challenges without end', (socket) => answer(socket, greeting, '+ YWJj\r\n')],
  ];
}

function pour(socket: Socket, block: string): void {
  const on = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', on);
  on();
}

function every(socket: Socket, ms: number, text: string): void {
  const timer = setInterval(() => socket.write(text), ms);
  socket.on('close', () => clearInterval(timer));
}

function answer(socket: Socket, greeting: string, line: string): void {
  socket.write(`${greeting}\r\n`);
  socket.on('data', () => void socket.write(line));
}
