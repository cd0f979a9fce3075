import type { peopleTexts as en } from '../en/people.ts';

/** Ce que les agendas disent des astreintes. */
export const peopleTexts: typeof en = {
  calendar: {
    mine: 'Mes astreintes',
    shift: (d) => `${d.rota} : ${d.person}`,
    gap: (rota) => `${rota} : personne d’astreinte`,
  },
};
