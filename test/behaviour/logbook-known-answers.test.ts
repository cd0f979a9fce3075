import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
  for (const [title, symptom, remedy] of [
    [
      'Imprimante qui réclame un code',
      'L’imprimante du bureau demande un code à quatre chiffres avant d’imprimer.',
      'Ouvrir les propriétés du pilote. Cocher « impression protégée » puis entrer le code du service.',
    ],
    [
      'Accès au partage de la comptabilité',
      'Une personne arrive et n’a pas encore accès au dossier partagé de la comptabilité.',
      'Demander l’accord de la responsable. Ajouter la personne au groupe compta-lecture, puis la faire ouvrir une nouvelle session.',
    ],
    ['VPN drops at lunch', 'The tunnel drops every hour.', 'Raise the lifetime of the phase 2 key on the gateway.'],
  ] as const)
    await house.as.bob.logbook.solutions.create({
      title,
      symptom,
      cause: '',
      remedy,
      language: title.startsWith('VPN') ? 'en' : 'fr',
      runbookId: null,
    });
});
afterAll(() => house[Symbol.asyncDispose]());

async function suggested(ticketId: string): Promise<{ title: string; why: string }[]> {
  const { items } = await house.as.bob.logbook.solutions.suggest({ ticketId });
  return items.map(({ solution, why }) => ({ title: solution.title, why }));
}

describe('known answers', () => {
  it.each([
    [
      'request',
      'Droits sur le dossier compta',
      'Julie arrive lundi, il lui faut l’accès au partage de la comptabilité.',
    ],
    [
      'problem',
      'Partage de la comptabilité',
      'Chaque nouvelle personne attend deux jours son accès au dossier partagé.',
    ],
    ['change', 'Groupe compta-lecture', 'Ajouter les personnes de la comptabilité au groupe pour le partage.'],
    ['incident', 'Plus d’accès au partage', 'Le dossier partagé de la comptabilité ne s’ouvre plus chez moi.'],
  ] as const)(
    'are suggested for a %s by what was written, with the sentence that says so',
    async (kind, title, description) => {
      const { id } = await house.as.bob.desk.tickets.create({ kind, title, description });
      const [first] = await suggested(id);
      expect(first?.title).toBe('Accès au partage de la comptabilité');
      expect(first?.why).not.toMatch(/communs?[^.]*\b(?:de|au)\b/u);
      expect(first?.why).toMatch(/On y lit.: «.[^»]*(?:compta|partag)[^»]*.»/u);
    },
  );

  it('are suggested for what a requester asks through the portal, in words that differ a little', async () => {
    const { id } = await house.as.dan.desk.mine.ask({
      id: crypto.randomUUID(),
      kind: 'request',
      title: 'les imprimantes demandent des codes',
      text: 'je ne peux plus imprimer',
      urgency: 'normal',
      categoryId: null,
    });
    expect((await suggested(id))[0]?.title).toBe('Imprimante qui réclame un code');
    expect(await refusedWith(house.as.dan.logbook.solutions.suggest({ ticketId: id }))).toBe('forbidden');
  });

  it('hold what was written down, changed or withdrawn a moment ago', async () => {
    const { bob } = house.as;
    const { id } = await bob.desk.tickets.create({
      kind: 'request',
      title: 'Badge perdu',
      description: 'Le lecteur de badges du parking refuse mon nouveau badge.',
    });
    expect(await suggested(id)).toEqual([]);
    const written = await bob.logbook.solutions.create({
      title: 'Nouveau badge refusé',
      symptom: 'Le lecteur du parking refuse un badge neuf.',
      cause: '',
      remedy: 'Relancer la synchronisation des badges.',
      language: 'fr',
      runbookId: null,
    });
    expect((await suggested(id))[0]?.title).toBe('Nouveau badge refusé');
    await bob.logbook.solutions.change({ id: written.id, title: 'Badge neuf : synchroniser' });
    expect((await suggested(id))[0]?.title).toBe('Badge neuf : synchroniser');
    await bob.logbook.solutions.change({ id: written.id, state: 'withdrawn' });
    expect(await suggested(id)).toEqual([]);
  });

  it('hold it also while somebody’s long transaction goes on in the same database', async () => {
    const { bob } = house.as;
    const { id } = await bob.desk.tickets.create({
      kind: 'request',
      title: 'Casque muet',
      description: 'Le casque de la salle Loire reste muet en visioconférence.',
    });
    const line = new pg.Client({ connectionString: house.databaseUrl });
    await line.connect();
    try {
      await line.query('begin');
      await line.query('select pg_current_xact_id()');
      expect(await suggested(id)).toEqual([]);
      await bob.logbook.solutions.create({
        title: 'Casque muet en visioconférence',
        symptom: 'Le casque d’une salle reste muet.',
        cause: '',
        remedy: 'Choisir la bonne sortie du son.',
        language: 'fr',
        runbookId: null,
      });
      expect((await suggested(id))[0]?.title).toBe('Casque muet en visioconférence');
    } finally {
      await line.end();
    }
  });

  it('are none for what resembles nothing, and refused for what does not exist', async () => {
    const { bob } = house.as;
    const { id } = await bob.desk.tickets.create({ kind: 'request', title: 'Zyx', description: 'Qwertz' });
    expect(await suggested(id)).toEqual([]);
    expect(await refusedWith(bob.logbook.solutions.suggest({ ticketId: crypto.randomUUID() }))).toBe('not_found');
  });
});
