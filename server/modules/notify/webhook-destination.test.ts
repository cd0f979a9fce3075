import { describe, expect, it } from 'vitest';
import { literalAddress, maskedUrl, mayReceive, webhookUrl } from './webhook-destination.ts';

describe('a webhook', () => {
  it('goes to the internet, to private networks and to this machine', () => {
    for (const address of ['9.9.9.9', '10.1.2.3', '192.168.1.4', '127.0.0.1', '::1', '2606:4700::1111'])
      expect([address, mayReceive(address, 'administrator')]).toEqual([address, true]);
  });

  it('never goes to a link-local address nor to a provider’s metadata service, however it is written', () => {
    const never = [
      '169.254.169.254',
      '169.254.1.1',
      'fe80::1',
      'fe80::1%eth0',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe:a9fe::1',
      'fd00:ec2::254',
      '100.100.100.200',
      '0.0.0.0',
      '::',
      '224.0.0.1',
      '255.255.255.255',
      'no address',
    ];
    for (const address of never) expect([address, mayReceive(address, 'administrator')]).toEqual([address, false]);
  });

  it('has a web address without a password in it', () => {
    expect(webhookUrl('https://hooks.example.org/services/T0/secret')?.hostname).toBe('hooks.example.org');
    for (const typed of ['ftp://example.org/', 'https://bob:secret@example.org/', 'hooks', 'file:///etc/passwd', ''])
      expect(webhookUrl(typed)).toBeNull();
  });

  it('shows where it goes and not the secret in its path', () => {
    expect(maskedUrl(new URL('https://hooks.example.org:8443/T0/secret?key=1'))).toBe(
      'https://hooks.example.org:8443/…',
    );
    expect(maskedUrl(new URL('http://hooks.example.org'))).toBe('http://hooks.example.org/');
  });

  it('that names an address in an unusual form is seen through', () => {
    expect(literalAddress(new URL('http://0x7f.1/'))).toBe('127.0.0.1');
    expect(literalAddress(new URL('http://2852039166/'))).toBe('169.254.169.254');
    expect(literalAddress(new URL('http://[::ffff:a9fe:a9fe]/'))).toBe('::ffff:a9fe:a9fe');
    expect(literalAddress(new URL('http://example.org/'))).toBeNull();
  });
});
