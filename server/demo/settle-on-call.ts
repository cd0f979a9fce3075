import type { Layer } from '#contract/on-call.ts';
import type { ThingRef } from '#contract/words.ts';
import { addDays, localTimeOf, weekdayOf } from '#platform/zoned-time.ts';
import { crew, type CrewKey } from './company/people.ts';
import type { Actor, Stage } from './stage.ts';

interface Crew {
  readonly boss: Actor;
  readonly crew: Readonly<Record<CrewKey, Actor>>;
  readonly things: ReadonlyMap<string, ThingRef & { readonly name: string }>;
}

const zone = 'Europe/Paris';
const everyChannel = {
  kind: 'mail',
  personId: null,
  own: true,
  active: true,
  everything: false,
  from: 'low',
  reminderMinutes: 0,
  afterMinutes: 0,
  stormNotices: 6,
  stormMinutes: 5,
} as const;

function layerOf(name: string, people: readonly Actor[], more: Pick<Layer, 'startsOn'> & Partial<Layer>): Layer {
  return {
    name,
    personIds: people.map(({ id }) => id),
    handOverAt: '08:00',
    everyDays: 7,
    days: [],
    from: '',
    until: '',
    onHolidays: 'same',
    ...more,
  };
}

/** Everybody on call has a mailbox that notices may go to. */
async function openOwnChannels(stage: Stage, people: Crew['crew']): Promise<void> {
  const { channels } = stage.modules.notify.handlers;
  for (const key of ['amelie', 'marc', 'karim', 'jessica', 'david'] as const) {
    const { name, mail, language } = crew[key];
    const asked = { ...everyChannel, name, language, settings: { address: mail } };
    await stage.act(people[key], 'notify.channels.create', asked, channels.create);
  }
}

/** Two rotas, a team, an escalation policy and the route that leads to it. */
export async function settleOnCall(stage: Stage, { boss, crew: people, things }: Crew): Promise<void> {
  await openOwnChannels(stage, people);
  const today = localTimeOf(zone, stage.now()).date;
  const startsOn = addDays(today, 1 - weekdayOf(today));
  const { teams, rotas } = stage.modules.people.handlers;
  const team = { name: 'Réseau', memberIds: [people.karim.id, people.david.id] };
  const network = await stage.act(boss, 'people.teams.create', team, teams.create);
  const week = layerOf('Semaine', [people.amelie, people.marc, people.karim], { startsOn });
  const feast = layerOf('Jours fériés', [people.jessica, people.david], { startsOn, everyDays: 1, onHolidays: 'only' });
  const rota = await stage.act(
    boss,
    'people.rotas.create',
    {
      name: 'Astreinte',
      timeZone: zone,
      layers: [week, feast],
      holidays: { country: 'FR', region: '', more: [], without: [] },
    },
    rotas.create,
  );
  const { policies, routes } = stage.modules.notify.handlers;
  const policy = await stage.act(
    boss,
    'notify.policies.create',
    {
      name: 'Jour et nuit',
      repeats: 2,
      repeatMinutes: 30,
      steps: [
        { afterMinutes: 0, targets: [{ kind: 'rota' as const, id: rota.id }] },
        { afterMinutes: 15, targets: [{ kind: 'team' as const, id: network.id }] },
      ],
    },
    policies.create,
  );
  const about = things.get('site lyon');
  const base = { active: true, goesOn: true, tags: [] };
  await stage.act(
    boss,
    'notify.routes.create',
    { ...base, name: 'Urgences', from: 'critical', things: [], targets: [{ kind: 'policy', id: policy.id }] },
    routes.create,
  );
  await stage.act(
    boss,
    'notify.routes.create',
    {
      ...base,
      name: 'Lyon',
      from: 'high',
      things: about === undefined ? [] : [{ kind: about.kind, id: about.id }],
      targets: [{ kind: 'rota', id: rota.id }],
    },
    routes.create,
  );
}
