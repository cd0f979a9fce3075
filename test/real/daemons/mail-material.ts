import { certificatesFor, type ServedCertificates } from '#probe/testing/served-certificates.ts';

/** The domain of the tests' mail; `.test` is reserved: it can never be a real name. */
export const mailDomain = 'firm.test';

/** The name that the good certificates are for; also good for 127.0.0.1. */
export const mailName = `mail.${mailDomain}`;

/** An account, with room for so many kibibytes of mail; no limit when not said. */
export interface MailAccount {
  readonly user: string;
  readonly password: string;
  readonly roomKib?: number;
}

/** Who has a mailbox. */
export const mailAccounts = {
  alice: { user: `alice@${mailDomain}`, password: 'pa"ss\\wörd 1' },
  small: { user: `small@${mailDomain}`, password: 'small-1', roomKib: 10 },
} satisfies Record<string, MailAccount>;

/** Certificates for the mail servers, good and bad. */
export function mailCertificates(): ServedCertificates {
  return certificatesFor('127.0.0.1', mailName);
}
