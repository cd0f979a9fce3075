import type { ReadMessage } from '../message.ts';
import { readMessage } from '../read-message.ts';

/** A message as bytes: headers, a blank line, a body. */
export function rawMessage(headers: Readonly<Record<string, string>>, body: string | Buffer = 'Hello'): Buffer {
  const lines = Object.entries({
    From: 'Jane <jane@example.com>',
    To: 'desk@firm.example',
    Subject: 'Printer',
    'Message-ID': '<1@example.com>',
    Date: 'Mon, 3 Nov 2025 10:12:33 +0100',
    ...headers,
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([
    Buffer.from(`${head}\r\n`),
    Buffer.isBuffer(body) ? body : Buffer.from(body.replaceAll(/\r?\n/gu, '\r\n')),
  ]);
}

/** Reads one that can be read. */
export function message(headers: Readonly<Record<string, string>>, body: string | Buffer = 'Hello'): ReadMessage {
  const outcome = readMessage(rawMessage(headers, body));
  if (outcome.outcome !== 'read') throw new Error(outcome.reason);
  return outcome.message;
}

/** The body of a multipart with the boundary "b". */
export function multipart(...parts: readonly string[]): string {
  return [...parts.map((part) => `--b\n${part}\n`), '--b--\n'].join('');
}

export const mixed = { 'Content-Type': 'multipart/mixed; boundary=b', 'MIME-Version': '1.0' };
export const alternative = { 'Content-Type': 'multipart/alternative; boundary=b', 'MIME-Version': '1.0' };
