import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { ProbeTools } from './check-kind.ts';
import { createPingBatch } from './checks/icmp/ping-batch.ts';
import { createLocalReadings } from './checks/local-host/local-readings.ts';
import { createNameLookup } from './name-lookup.ts';
import type { ProbeClock } from './probe-clock.ts';

/** Makes what all checks share. One per probe process; it holds nothing open between runs. */
export function createProbeTools(clock: ProbeClock): ProbeTools {
  let trust: ProbeTools['trust'] | undefined;
  let own: readonly string[] = [];
  return {
    lookup: createNameLookup(clock),
    ping: createPingBatch(),
    local: createLocalReadings(clock),
    own: { figures: null, apiLoopMs: null },
    get trust() {
      // Read when the first check wants it: it takes time and some megabytes.
      return (trust ??= trustOf(own));
    },
    believe(authorities) {
      if (authorities.join('\n') === own.join('\n')) return;
      own = authorities;
      trust = undefined;
    },
  };
}

/**
 * The certification authorities that are believed: Node's own, the machine's (where a company adds its own), and
 * `extraAuthorities` (PEM). Reading them takes tens of milliseconds, so it is done once and not per handshake.
 */
export function trustOf(extraAuthorities: readonly string[]): {
  readonly strict: SecureContext;
  readonly lenient: SecureContext;
  identified(certificate: string, key: string): SecureContext;
} {
  const ca = [...getCACertificates('default'), ...getCACertificates('system'), ...extraAuthorities];
  // Who believes an authority that another one vouches for means that one, and not all that stand above it.
  const allowPartialTrustChain = extraAuthorities.length > 0;
  return {
    strict: createSecureContext({ ca, allowPartialTrustChain }),
    // Accepts what is obsolete in order to be able to name it.
    lenient: createSecureContext({ ca, allowPartialTrustChain, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    identified: (cert, key) => createSecureContext({ ca, allowPartialTrustChain, cert, key }),
  };
}
