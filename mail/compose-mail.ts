import type { SendMailOptions } from 'nodemailer';

/** Makes the bytes of a mail (RFC 5322). Nothing in it may name a file or an address to be loaded. */
export async function composeMail(parts: SendMailOptions): Promise<Buffer> {
  // Loaded when the first mail is written: a house that sends none pays nothing.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const sent = await transport.sendMail({ ...parts, disableFileAccess: true, disableUrlAccess: true });
  if (!Buffer.isBuffer(sent.message)) throw new TypeError('a mail was asked for as bytes');
  return sent.message;
}
