import { offsetMs } from '#platform/zoned-time.ts';

/** A stretch of time in which a zone's clocks do not change: from, until (not included), and how far they are ahead of UTC. */
export interface ZonePiece {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

const hourMs = 3_600_000;
/** No zone is known to have changed its clocks twice within so long. */
const stepMs = 24 * hourMs;

const known = new Map<string, readonly ZonePiece[]>();
/** Zones times years; a few are used, and all can be made again. */
const mostKnown = 2_000;

/** The moment at which the clocks change between two moments with different offsets, to the second. */
function changeBetween(zone: string, beforeMs: number, afterMs: number): number {
  const before = offsetMs(zone, beforeMs);
  let [low, high] = [beforeMs / 1_000, afterMs / 1_000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * 1_000) === before) low = middle;
    else high = middle;
  }
  return high * 1_000;
}

function piecesOfYear(zone: string, year: number): readonly ZonePiece[] {
  const key = `${zone} ${year}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const end = Date.UTC(year + 1, 0, 1);
  const pieces: ZonePiece[] = [];
  let fromMs = Date.UTC(year, 0, 1);
  let offset = offsetMs(zone, fromMs);
  for (let at = fromMs; at < end; at += stepMs) {
    const next = Math.min(at + stepMs, end);
    if (offsetMs(zone, next) === offset) continue;
    const change = changeBetween(zone, at, next);
    pieces.push({ fromMs, untilMs: change, offsetMs: offset });
    fromMs = change;
    offset = offsetMs(zone, change);
  }
  if (fromMs < end) pieces.push({ fromMs, untilMs: end, offsetMs: offset });
  if (known.size >= mostKnown) known.clear();
  known.set(key, pieces);
  return pieces;
}

/** The pieces from one moment on, in order; they end with the year in which `untilMs` lies. */
export function* zonePieces(zone: string, fromMs: number, untilMs: number): Generator<ZonePiece> {
  const last = new Date(untilMs).getUTCFullYear();
  for (let year = new Date(fromMs).getUTCFullYear(); year <= last; year += 1)
    for (const piece of piecesOfYear(zone, year)) if (piece.untilMs > fromMs && piece.fromMs < untilMs) yield piece;
}
