import type { LabCertificates } from '../keys.ts';
import type { PlannedFile } from '../plans.ts';

/** `site.crt` and `site.key` for a server, beside them a certificate that holds and one that has run out. */
export function certificateFiles(
  folder: string,
  { valid, expired }: LabCertificates,
  keyMode = 0o600,
): Record<string, PlannedFile> {
  return {
    [`${folder}/site.crt`]: { text: valid.certificate },
    [`${folder}/site.key`]: { text: valid.privateKey, mode: keyMode },
    [`${folder}/valid.crt`]: { text: valid.certificate },
    [`${folder}/expired.crt`]: { text: expired.certificate },
  };
}
