import type { HttpSettings } from './settings.ts';

/**
 * Whether the settings ask for more than the plain way gives. The plain way is what ten thousand checks take each minute:
 * whatever is asked beyond it is done in `full-request.ts`, which such checks never load.
 */
export function asksMore(settings: HttpSettings): boolean {
  return (
    (settings.method !== 'GET' && settings.method !== 'HEAD') ||
    settings.httpVersion !== '1.1' ||
    settings.signIn !== 'none' ||
    settings.headers.length > 0 ||
    settings.secretHeader !== '' ||
    settings.body !== '' ||
    settings.redirectTo !== 'anywhere' ||
    settings.patternPresent !== '' ||
    settings.patternAbsent !== '' ||
    settings.jsonCompare !== 'equals' ||
    settings.jsonPointer.startsWith('$') ||
    settings.headersExpected.length > 0 ||
    settings.sizeMin > 0 ||
    settings.sizeMax > 0 ||
    settings.clientCertificate !== ''
  );
}
