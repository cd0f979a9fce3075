import { describe, expect, it } from 'vitest';
import { keepsPassword } from './set-mail-server.ts';

const server = { host: 'mail.company.test', security: 'starttls', user: 'vigie' } as const;

describe('a mail server’s password', () => {
  it('stays for the same server and user, however its name is written', () => {
    expect(keepsPassword(server, { ...server, host: 'Mail.Company.Test', security: 'tls' })).toBe(true);
  });

  it('is never told to another server or user, nor in the clear where it was not', () => {
    expect(keepsPassword(server, { ...server, host: 'elsewhere.test' })).toBe(false);
    expect(keepsPassword(server, { ...server, user: 'other' })).toBe(false);
    expect(keepsPassword(server, { ...server, security: 'none' })).toBe(false);
  });
});
