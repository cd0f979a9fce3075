const lineFeed = 10;

/**
 * The messages of a file, one by line. Where the first begins with a priority (`<13>`), a line without one goes on with the
 * message before it, as a stack trace does. Line ends are not part of a message.
 */
export function splitMessages(bytes: Uint8Array): Uint8Array[] {
  const hasPriorities = startsWithPriority(bytes, 0);
  const messages: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== lineFeed) continue;
    if (at + 1 < bytes.length && hasPriorities && !startsWithPriority(bytes, at + 1)) continue;
    messages.push(withoutReturn(bytes.subarray(from, at)));
    from = at + 1;
  }
  if (from < bytes.length || messages.length === 0) messages.push(withoutReturn(bytes.subarray(from)));
  return messages;
}

function startsWithPriority(bytes: Uint8Array, at: number): boolean {
  return /^<\d{1,3}>/u.test(String.fromCodePoint(...bytes.subarray(at, at + 5)));
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes;
}
