import type { Ways } from '#probe/routes.ts';

/** Whether something near answered; null when it was not asked, or when it never used to answer. */
export type Heard = boolean | null;

/** What was found out about the own line. */
export interface LineFacts {
  readonly ways: Ways;
  /** A link without a signal by which something watched is reached; null for none. */
  readonly deadLink: string | null;
  /** True when there used to be a way out. */
  readonly hadWayOut: boolean;
  readonly gateway: { readonly address: string; readonly heard: Heard } | null;
  readonly resolver: { readonly address: string; readonly heard: Heard } | null;
  readonly references: readonly { readonly address: string; readonly heard: Heard }[];
}

/** What is wrong with the own line, the most telling first. */
export type LineFault =
  | { readonly code: 'noWayOut' }
  | { readonly code: 'linkDown'; readonly link: string }
  | { readonly code: 'gatewaySilent'; readonly address: string }
  | { readonly code: 'referencesSilent'; readonly count: number }
  | { readonly code: 'resolverSilent'; readonly address: string };

/**
 * Weighs what was found. A reference point that answers proves the line, whatever the gateway says: many a gateway answers
 * no ping. Silence counts only of what used to answer.
 */
export function judgeLine({ ways, deadLink, hadWayOut, gateway, resolver, references }: LineFacts): LineFault | null {
  const out = ways.routes.find(({ mask, gateway: by }) => mask === 0 && by !== null);
  if (out !== undefined && !ways.liveLinks.has(out.link)) return { code: 'linkDown', link: out.link };
  if (out === undefined && !ways.hasDefault6 && hadWayOut) return { code: 'noWayOut' };
  const asked = references.filter(({ heard }) => heard !== null);
  const proven = asked.some(({ heard }) => heard === true);
  if (gateway?.heard === false && !proven) return { code: 'gatewaySilent', address: gateway.address };
  if (asked.length > 0 && !proven) return { code: 'referencesSilent', count: asked.length };
  if (deadLink !== null) return { code: 'linkDown', link: deadLink };
  return resolver?.heard === false ? { code: 'resolverSilent', address: resolver.address } : null;
}
