import type { Screen } from '#probe/guarded-socket.ts';

/** Thrown when the server asks for the password in a way that gives it away. */
export class PasswordAsked extends Error {}

// Ways of signing in that send the password as it is, or under a key that whoever answers has chosen.
const revealing = ['mysql_clear_password', 'sha256_password', 'dialog'];

/**
 * Watches what a server says before it has let the client in: the library trusts any TLS, believed or not, with the
 * password. Everything is passed on unchanged; {@link PasswordAsked} is thrown instead of a request to reveal it.
 * (MySQL: Connection Phase Packets; caching_sha2_password: 1 and 4 ask for the full password.)
 */
export function screenSignIn(): Screen {
  let waiting: Buffer = Buffer.alloc(0);
  let isOver = false;
  return (received) => {
    if (isOver) return received;
    waiting = Buffer.concat([waiting, received]);
    let at = 0;
    while (waiting.length - at >= 4) {
      const end = at + 4 + waiting.readUIntLE(at, 3);
      if (end > waiting.length) break;
      const body = waiting.subarray(at + 4, end);
      at = end;
      // OK ends the sign-in.
      if (body[0] === 0) isOver = true;
      else judge(body);
    }
    waiting = waiting.subarray(at);
    return received;
  };
}

function judge(body: Buffer): void {
  if (body.length === 2 && body[0] === 1 && body[1] === 4) throw new PasswordAsked('full authentication');
  // Greeting (10) and change of method (254) name the method.
  if (body[0] !== 10 && body[0] !== 254) return;
  const method = revealing.find((name) => body.includes(`\0${name}\0`) || body.subarray(1).indexOf(`${name}\0`) === 0);
  if (method !== undefined) throw new PasswordAsked(method);
}
