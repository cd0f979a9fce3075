import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { peopleTexts as en } from '#texts/en/people.ts';
import { peopleTexts as fr } from '#texts/fr/people.ts';
import { readShifts } from './read-rota.ts';
import { calendarLinkStore, coverStore, rotaStore } from './store-rotas.ts';
import { newToken, tokenHash } from './token.ts';

interface Parts {
  readonly db: Database<'people'>;
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

const dayMs = 86_400_000;
const pastDays = 14;
const aheadDays = 90;

/** Makes the secret link with which a calendar program reads shifts; only its hash is kept. */
export async function makeCalendarLink(
  { transact, clock, publicUrl }: Parts,
  rotaId: string | null,
  personId: string,
): Promise<{ url: string }> {
  const token = newToken();
  await transact(async ({ db }) => {
    if (rotaId !== null && (await rotaStore(db).get(rotaId)) === null) throw new Refusal('not_found');
    await calendarLinkStore(db).put({ hash: tokenHash(token), rotaId, personId, at: clock.now() });
  });
  return { url: `${publicUrl}/api/people/calendar/${token}` };
}

/** The shifts of a rota, or one's own on all rotas, as iCalendar: two weeks back and three months ahead. */
export async function readCalendar({ db, clock, publicUrl }: Parts, token: string): Promise<File> {
  const link = await calendarLinkStore(db).holder(tokenHash(token));
  if (link === null) throw new Refusal('not_found');
  const now = clock.now();
  const stretch = {
    from: new Date(now.getTime() - pastDays * dayMs),
    until: new Date(now.getTime() + aheadDays * dayMs),
  };
  const reader = (await rotaStore(db).people([link.personId])).get(link.personId);
  const texts = reader?.language === 'fr' ? fr : en;
  const rotas = (await rotaStore(db).list()).filter(({ id }) => link.rotaId === null || id === link.rotaId);
  const { default: makeCalendar } = await import('ical-generator');
  const calendar = makeCalendar({
    name: link.rotaId === null ? texts.calendar.mine : (rotas[0]?.name ?? ''),
    prodId: { company: 'Vigie', product: 'on-call' },
    ttl: 3_600,
  });
  for (const rota of rotas) {
    const covers = await coverStore(db).since(stretch.from, rota.id);
    for (const { from, until, person, layer } of await readShifts(db, rota, covers, stretch)) {
      if (link.rotaId === null && person?.id !== link.personId) continue;
      calendar.createEvent({
        // The same shift keeps its id, so that a calendar that reads again changes it and adds none.
        id: `${rota.id}.${Date.parse(from)}@vigie`,
        start: from,
        end: until,
        stamp: now,
        summary:
          person === null
            ? texts.calendar.gap(rota.name)
            : texts.calendar.shift({ rota: rota.name, person: person.name }),
        description: layer,
        url: `${publicUrl}/people/rotas/${rota.id}`,
      });
    }
  }
  return new File([calendar.toString()], 'on-call.ics', { type: 'text/calendar' });
}
