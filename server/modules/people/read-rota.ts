import type { Cover, Holidays, Layer, Rota, Shift } from '#contract/on-call.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { addDays, localTimeOf } from '#platform/zoned-time.ts';
import { holidaysBetween } from './public-holidays.ts';
import { shiftsOf, type RotaPlan, type Span } from './rota.ts';
import { coverStore, rotaStore, type CoverRecord, type RotaRecord } from './store-rotas.ts';

const dayMs = 86_400_000;
/** So far ahead gaps are looked for. */
const foreseenDays = 28;

type Persons = Awaited<ReturnType<ReturnType<typeof rotaStore>['people']>>;

export interface Kept {
  readonly timeZone: string;
  readonly layers: readonly Layer[];
  readonly holidays: Holidays;
}

/** What is needed to say who is on call within a stretch of time. */
export async function planOf(
  rota: Kept,
  covers: readonly CoverRecord[],
  { from, until }: { from: Date; until: Date },
): Promise<RotaPlan> {
  const { timeZone, layers } = rota;
  const wantsHolidays = layers.some(({ onHolidays }) => onHolidays !== 'same');
  const first = addDays(localTimeOf(timeZone, from).date, -2);
  const last = addDays(localTimeOf(timeZone, until).date, 1);
  const days = wantsHolidays ? await holidaysBetween(rota.holidays, first, last, 'en') : [];
  return {
    timeZone,
    layers,
    holidays: new Set(days.map(({ date }) => date)),
    covers: covers
      .filter(({ state }) => state === 'accepted')
      .map((cover) => ({ id: cover.id, personId: cover.person.id, from: cover.from, until: cover.until })),
  };
}

export function toCover({ from, until, askedBy, askedAt, ...cover }: CoverRecord): Cover {
  return {
    ...cover,
    from: from.toISOString(),
    until: until.toISOString(),
    askedBy: { kind: 'person', ...askedBy },
    askedAt: askedAt.toISOString(),
  };
}

function toShift({ from, until, personId, layer, coverId }: Span, persons: Persons): Shift {
  const person = personId === null ? undefined : persons.get(personId);
  return {
    from: from.toISOString(),
    until: until.toISOString(),
    person: person === undefined ? null : { id: person.id, name: person.name, active: person.active },
    layer,
    coverId,
  };
}

async function personsOf(db: Database<'people'>, spans: readonly Span[]): Promise<Persons> {
  return rotaStore(db).people(spans.flatMap(({ personId }) => (personId === null ? [] : [personId])));
}

/** Stretches in which nobody who may sign in is on call, one after the other joined. */
function gapsOf(shifts: readonly Shift[]): { from: string; until: string }[] {
  const gaps: { from: string; until: string }[] = [];
  for (const { from, until, person } of shifts) {
    if (person?.active === true) continue;
    const last = gaps.at(-1);
    if (last?.until === from) last.until = until;
    else gaps.push({ from, until });
  }
  return gaps;
}

/** A rota as it is shown: who is on call now and next, and where nobody will be. */
export async function readRota(db: Database<'people'>, rota: RotaRecord, now: Date): Promise<Rota> {
  const longest = Math.max(...rota.layers.map(({ everyDays }) => everyDays));
  // Far enough back that the shift of now is told from its beginning.
  const from = new Date(now.getTime() - (longest + 1) * dayMs);
  const until = new Date(now.getTime() + foreseenDays * dayMs);
  const plan = await planOf(rota, await coverStore(db).since(from, rota.id), { from, until });
  const spans = shiftsOf(plan, from, until);
  const persons = await personsOf(db, spans);
  const current = spans.find((span) => span.from <= now && now < span.until);
  const next = spans.find((span) => span.from > now && span.personId !== null && span.personId !== current?.personId);
  const ahead = shiftsOf(plan, now, until).map((span) => toShift(span, persons));
  const shown = (span: Span | undefined): Shift | null =>
    span === undefined || span.personId === null ? null : toShift(span, persons);
  return {
    id: rota.id,
    name: rota.name,
    timeZone: rota.timeZone,
    layers: [...rota.layers],
    holidays: rota.holidays,
    now: shown(current),
    next: shown(next),
    gaps: gapsOf(ahead),
  };
}

/** Who is on call within a stretch of time, with names. */
export async function readShifts(
  db: Database<'people'>,
  rota: Kept,
  covers: readonly CoverRecord[],
  stretch: { from: Date; until: Date },
): Promise<Shift[]> {
  const spans = shiftsOf(await planOf(rota, covers, stretch), stretch.from, stretch.until);
  const persons = await personsOf(db, spans);
  return spans.map((span) => toShift(span, persons));
}

/** The holidays within a stretch of time, named in a language. */
export function readHolidays(
  rota: Kept,
  { from, until }: { from: Date; until: Date },
  language: Language,
): Promise<{ date: string; name: string }[]> {
  const last = addDays(localTimeOf(rota.timeZone, until).date, -1);
  return holidaysBetween(rota.holidays, localTimeOf(rota.timeZone, from).date, last, language);
}
