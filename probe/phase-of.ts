/**
 * The fixed place of a check within its interval, from its id alone: after a restart or a change of others it runs at
 * the same moments, so that nothing bursts and nothing is left out. FNV-1a spreads ids that differ in one character.
 */
export function phaseOf(id: string, intervalMs: number, slotMs: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  }
  // The low bits of FNV are weaker: they are mixed once more before the remainder is taken.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  const slots = Math.max(1, Math.floor(intervalMs / slotMs));
  return ((hash >>> 3) % slots) * slotMs;
}
