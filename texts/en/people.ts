/** What calendars say of on-call shifts. */
export const peopleTexts = {
  calendar: {
    mine: 'My on-call shifts',
    shift: (d: { readonly rota: string; readonly person: string }): string => `${d.rota}: ${d.person}`,
    gap: (rota: string): string => `${rota}: nobody on call`,
  },
};
