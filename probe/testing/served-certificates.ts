import { testAuthority, type ServerCertificate } from './certificates.ts';

/** Certificates of every sort that a check has to tell apart. */
export interface ServedCertificates extends Disposable {
  /** The authority to be believed, PEM. */
  readonly authority: string;
  readonly good: ServerCertificate;
  readonly expired: ServerCertificate;
  /** Ends in three days. */
  readonly soon: ServerCertificate;
  /** For another name. */
  readonly other: ServerCertificate;
  /** From an authority that nobody believes. */
  readonly stranger: ServerCertificate;
}

/** Makes them for the given names. */
export function certificatesFor(...names: string[]): ServedCertificates {
  const authority = testAuthority();
  const strangers = testAuthority();
  return {
    authority: authority.pem,
    good: authority.issue(names, -1, 90),
    expired: authority.issue(names, -30, -2),
    soon: authority.issue(names, -30, 3),
    other: authority.issue(['elsewhere.example'], -1, 90),
    stranger: strangers.issue(names, -1, 90),
    [Symbol.dispose]() {
      authority[Symbol.dispose]();
      strangers[Symbol.dispose]();
    },
  };
}
