import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Notice } from './notice.ts';
import { tellPersons } from './personal-notices.ts';
import { deliverDuty } from './tell-ticket.ts';

const rounds = { asked: 1, accepted: 2, refused: 3, withdrawn: 4 } as const;

/**
 * Tells of a cover: whoever is asked, of the asking; both persons, and whoever is replaced, of what became of it. Who
 * refuses or withdraws knows it already.
 */
export async function tellCover(
  {
    transact,
    clock,
    publicUrl,
    demonstration,
  }: { transact: Transact<'notify'>; clock: Clock; publicUrl: string; demonstration: boolean },
  { payload }: Fact<'people.coverChanged'>,
): Promise<void> {
  const { coverId, rotaId, rota, timeZone, state, person, askedBy, by, replaced, from, until, note } = payload;
  const notice: Notice = {
    about: 'cover',
    state,
    rotaId,
    rota,
    timeZone,
    person: person.name,
    askedBy: askedBy.name,
    by: by.name,
    from,
    until,
    note,
  };
  const both = [person.id, ...(askedBy.id === null ? [] : [askedBy.id])];
  const whom = {
    asked: [person.id],
    accepted: [...both, ...replaced],
    refused: both.filter((id) => id !== by.id),
    withdrawn: [...both, ...replaced].filter((id) => id !== by.id),
  }[state];
  await transact(async (unit) => {
    const told = { about: 'cover', subjectId: coverId, round: rounds[state], ticketId: null, notice } as const;
    await tellPersons(unit, whom, told, { now: clock.now(), publicUrl, demonstration });
    await unit.live('notify.delivery', null);
    await unit.wake(deliverDuty);
  });
}
