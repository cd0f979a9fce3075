import { X509Certificate } from 'node:crypto';

/** Why a text is no list of certificate authorities. */
export type AuthorityFault = 'private_key' | 'no_certificate' | 'not_an_authority' | 'certificate_over';

const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu;

/**
 * The certificates of a PEM text, or why it will not do. A certificate that signed itself may be believed though it is no
 * authority: many devices come with one.
 */
export function readAuthorities(
  pem: string,
  now: Date,
): { readonly certificates: readonly X509Certificate[] } | { readonly fault: AuthorityFault } {
  // A key that was pasted along must not even be stored.
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/u.test(pem)) return { fault: 'private_key' };
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0) return { fault: 'no_certificate' };
  const certificates: X509Certificate[] = [];
  for (const each of blocks) {
    const certificate = parsed(each);
    if (certificate === null) return { fault: 'no_certificate' };
    if (!certificate.ca && !certificate.checkIssued(certificate)) return { fault: 'not_an_authority' };
    if (certificate.validToDate <= now) return { fault: 'certificate_over' };
    certificates.push(certificate);
  }
  return { certificates };
}

function parsed(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

const longestNameChars = 500;

/** A name of a certificate on one line; Node gives a line for each part. */
export function nameOnOneLine(name: string): string {
  // Whoever made the certificate chose these words: none of them may be more than words.
  return name
    .replaceAll(/\s*\n\s*/gu, ', ')
    .replaceAll(/\p{C}/gu, '')
    .slice(0, longestNameChars);
}
