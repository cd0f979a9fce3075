/** Words of the screens for canned answers and categories. */
export const deskSettingsScreens = {
  answers: {
    title: 'Canned answers',
    new: 'Write an answer',
    lead: 'Text that is written once and put into an answer with one choice, in the language of whoever reads it.',
    columns: { name: 'Name', shared: 'For', body: 'Text' },
    everybody: 'everybody',
    me: 'me',
    empty: {
      title: 'No canned answer yet',
      text: 'What you write again and again, write once here. It is offered below each ticket.',
    },
    nameIn: { en: 'Name in English', fr: 'Name in French' },
    bodyIn: { en: 'Text in English', fr: 'Text in French' },
    words: (names: string): string =>
      `Filled in from the ticket: ${names}. Left empty, a language takes the other’s text.`,
    shared: 'For everybody',
    notYours: 'Somebody else’s: shared answers can be used by all and changed by whoever wrote them.',
    save: 'Save',
    remove: 'Remove',
    removeText: 'Answers that were sent stay as they are.',
  },
  categories: {
    title: 'Categories',
    new: 'Add a category',
    columns: { name: 'Category', words: 'Words', team: 'Team', active: 'In use' },
    empty: {
      title: 'No category yet',
      text: 'What tickets are about. A category may name a team, which then gets its tickets.',
    },
    nameIn: { en: 'Name in English', fr: 'Name in French' },
    parent: 'Part of',
    noParent: 'Nothing',
    words: 'Words that stand for it',
    wordsHelp: 'For the quick entry, such as #compta.',
    team: 'Team',
    noTeam: 'None',
    active: 'In use',
    save: 'Save',
  },
};
