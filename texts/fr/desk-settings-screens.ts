import type { deskSettingsScreens as english } from '../en/desk-settings-screens.ts';

/** Mots des écrans pour les réponses types et les catégories. */
export const deskSettingsScreens: typeof english = {
  answers: {
    title: 'Réponses types',
    new: 'Écrire une réponse',
    lead: 'Un texte écrit une fois, repris dans une réponse d’un seul choix, dans la langue de qui le lira.',
    columns: { name: 'Nom', shared: 'Pour', body: 'Texte' },
    everybody: 'tout le monde',
    me: 'moi',
    empty: {
      title: 'Aucune réponse type pour l’instant',
      text: 'Ce que vous écrivez encore et encore, écrivez-le une fois ici. C’est proposé sous chaque billet.',
    },
    nameIn: { en: 'Nom en anglais', fr: 'Nom en français' },
    bodyIn: { en: 'Texte en anglais', fr: 'Texte en français' },
    words: (names) => `Rempli d’après le billet : ${names}. Laissée vide, une langue prend le texte de l’autre.`,
    shared: 'Pour tout le monde',
    notYours: 'Celle d’une autre personne : une réponse partagée sert à tous, et n’est changée que par qui l’a écrite.',
    save: 'Enregistrer',
    remove: 'Retirer',
    removeText: 'Les réponses déjà envoyées restent telles quelles.',
  },
  categories: {
    title: 'Catégories',
    new: 'Ajouter une catégorie',
    columns: { name: 'Catégorie', words: 'Mots', team: 'Équipe', active: 'En usage' },
    empty: {
      title: 'Aucune catégorie pour l’instant',
      text: 'Ce dont parlent les billets. Une catégorie peut nommer une équipe, qui reçoit alors ses billets.',
    },
    nameIn: { en: 'Nom en anglais', fr: 'Nom en français' },
    parent: 'Fait partie de',
    noParent: 'Rien',
    words: 'Mots qui la désignent',
    wordsHelp: 'Pour la saisie rapide, comme #compta.',
    team: 'Équipe',
    noTeam: 'Aucune',
    active: 'En usage',
    save: 'Enregistrer',
  },
};
