/** A made series of an online service, and the events that were put into it, as [first, last] places. */
export interface MadeSeries {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly events: readonly (readonly [first: number, last: number])[];
}

const dayMs = 86_400_000;
const kinds = ['latency', 'success', 'requests', 'errors'] as const;
type Kind = (typeof kinds)[number];

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Series of latency, success rate, requests and errors, at one or five minutes, with what production does to them. */
export function madeServices(count: number, seed: number): MadeSeries[] {
  return Array.from({ length: count }, (_, at) => madeService(at, drawn(seed * 7919 + at)));
}

function madeService(at: number, draw: () => number): MadeSeries {
  const kind = kinds[at % kinds.length] ?? 'latency';
  const stepMs = at % 8 < 4 ? 60_000 : 300_000;
  const length = stepMs === 60_000 ? 15_000 : 6_000;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const [phase, swing, weekend, rough] = [draw(), 0.2 + 0.5 * draw(), 0.5 + 0.5 * draw(), 0.03 + 0.05 * draw()];
  const times = Array.from({ length }, (_, place) => Date.UTC(2026, 0, 5) + place * stepMs);
  let echo = 0;
  const loads = times.map((timeMs) => {
    const day = timeMs / dayMs;
    echo = 0.6 * echo + 0.8 * normal();
    const rhythm = 1 + swing * Math.sin(2 * Math.PI * (day + phase)) + 0.3 * swing * Math.sin(4 * Math.PI * day);
    return Math.max(0.02, rhythm * (Math.floor(day + 3) % 7 > 4 ? weekend : 1) * (1 + rough * echo));
  });
  const events = placed(length, draw);
  const values = loads.map((load, place) => {
    const event = events.find(({ first, last }) => place >= first && place <= last);
    return valueOf(kind, load, event === undefined ? 0 : strengthOf(event, place), normal, draw);
  });
  return { name: `${kind} ${at}`, times, values, events: events.map(({ first, last }) => [first, last]) };
}

interface Event {
  readonly first: number;
  readonly last: number;
  readonly size: number;
  readonly isRamp: boolean;
}

/** Spikes of one to three values, levels of up to an hour or so, ramps: from hardly seen to plain. */
function placed(length: number, draw: () => number): Event[] {
  const events: Event[] = [];
  const usual = length / (6 + 18 * draw());
  for (let first = Math.floor(0.2 * length + usual * draw()); first < length - 120;) {
    const sort = draw();
    const lasting = sort < 0.5 ? Math.floor(3 * draw()) : 5 + Math.floor(70 * draw());
    events.push({ first, last: first + lasting, size: 0.3 + draw() ** 2, isRamp: sort > 0.85 });
    first += lasting + 80 + Math.floor(2 * usual * draw());
  }
  return events;
}

function strengthOf({ first, last, size, isRamp }: Event, place: number): number {
  return isRamp ? (size * (place - first + 1)) / (last - first + 1) : size;
}

/** What is measured under a load while something is wrong by so much (0: nothing is). */
function valueOf(kind: Kind, load: number, wrong: number, normal: () => number, draw: () => number): number {
  if (kind === 'latency')
    return 30 * (0.7 + 0.3 * load) * Math.exp(0.12 * normal()) * (draw() < 0.002 ? 2 : 1) * (1 + 2 * wrong);
  if (kind === 'success')
    return Math.max(0, Math.min(100, 99.8 - Math.abs(0.1 * normal()) - 8 * wrong * (0.8 + 0.4 * draw())));
  if (kind === 'requests') return Math.max(0, Math.round(800 * load * (1 - Math.min(1, 0.7 * wrong)) + 20 * normal()));
  const expected = 3 * load + 12 * wrong;
  return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
}
