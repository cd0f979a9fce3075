import type { Actor, Stage } from './stage.ts';
import type { Company } from './settle-company.ts';

/** What people of the invented company asked through the portal a moment ago. */
const asked = [
  {
    by: 'Claire Dubois',
    kind: 'request',
    title: 'La boîte « commandes » refuse encore des courriels',
    text: 'Bonjour, nos clients reçoivent un refus depuis ce matin : la boîte partagée « commandes » est pleine. Pouvez-vous l’agrandir ?',
    urgency: 'high',
  },
  {
    by: 'Thomas Girard',
    kind: 'request',
    title: 'Accès au CRM pour deux nouvelles personnes',
    text: 'Deux collègues arrivent lundi à l’agence de Montréal, il leur faut un compte et l’accès au CRM.',
    urgency: 'normal',
  },
  {
    by: 'Manon Lefèvre',
    kind: 'incident',
    title: 'Le VPN dit « certificat non valide »',
    text: 'Impossible de me connecter de chez moi depuis hier soir.',
    urgency: 'normal',
  },
] as const;

/** Lets a few people ask for help, as they would: their tickets wait at the desk, each with what is known about it. */
export async function layRequests(stage: Stage, { demonstrator }: Company): Promise<void> {
  const { people, desk } = stage.modules;
  for (const { by, ...wish } of asked) {
    const found = await stage.act(
      demonstrator,
      'people.persons.list',
      { search: by, limit: 5 },
      people.handlers.persons.list,
    );
    const [person] = found.items;
    if (person === undefined) throw new Error(`${by} works nowhere`);
    const who: Actor = { id: person.id, name: person.name, role: person.role, language: person.language };
    await stage.act(who, 'desk.mine.ask', { ...wish, categoryId: null }, desk.handlers.mine.ask);
  }
}

/** Says when a disk is full, so that each one that is measured is foreseen. */
export async function layLimits(stage: Stage, { demonstrator }: Company): Promise<void> {
  const { watch, advice } = stage.modules;
  const asking = { name: 'value', limit: 500 };
  const { items } = await stage.act(
    demonstrator,
    'watch.measurements.series',
    asking,
    watch.handlers.measurements.series,
  );
  for (const { id: seriesId } of items)
    await stage.act(
      demonstrator,
      'advice.forecasts.setLimit',
      { seriesId, capacity: 100, falling: false },
      advice.handlers.forecasts.setLimit,
    );
}
