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

/** What somebody wrote down when it was asked for before. */
const written = [
  {
    title: 'Ouvrir un compte du CRM à de nouveaux collègues',
    symptom: 'Une personne arrive, il lui faut un compte et l’accès au CRM.',
    cause: 'Le CRM prend ses comptes de l’annuaire : qui n’est pas dans le groupe « crm-utilisateurs » n’y entre pas.',
    remedy:
      'Créer le compte dans l’annuaire, l’ajouter au groupe « crm-utilisateurs », puis envoyer le guide d’accueil. Compter une heure avant la première connexion : le CRM relit l’annuaire toutes les heures.',
  },
  {
    title: 'VPN : certificat du poste périmé',
    symptom: 'Le client VPN dit « certificat non valide » et la connexion de chez soi est impossible.',
    cause:
      'Le certificat du poste a expiré parce que le poste n’a pas été sur le réseau de la maison depuis trois mois.',
    remedy:
      'Faire ouvrir le portail de secours, y renouveler le certificat du poste avec le code à usage unique, puis relancer le client VPN.',
  },
  {
    title: 'Boîte partagée pleine : les courriels sont refusés',
    symptom:
      'Une boîte partagée refuse des courriels, les expéditeurs reçoivent « quota exceeded » ou « boîte pleine ».',
    cause:
      'Le quota de la boîte partagée est atteint ; les pièces jointes des années passées en prennent la plus grande part.',
    remedy:
      'Archiver ce qui a plus de deux ans avec la procédure d’archivage, puis porter le quota de la boîte à 20 Go. Prévenir le service que les courriels refusés doivent être renvoyés.',
  },
] as const;

/** Lets a few people ask for help, as they would: their tickets wait at the desk, each with what is known about it. */
export async function layRequests(stage: Stage, { demonstrator }: Company): Promise<void> {
  const { people, desk, logbook } = stage.modules;
  for (const solution of written) {
    const fields = { ...solution, language: 'fr' as const, runbookId: null };
    await stage.act(demonstrator, 'logbook.solutions.create', fields, logbook.handlers.solutions.create);
  }
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
