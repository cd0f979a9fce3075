import type { mapScreens as english } from '../en/map-screens.ts';

export const mapScreens: typeof english = {
  title: 'Carte',
  lead: 'Ce qui repose sur quoi, et comment cela va. À gauche, ce dont le reste dépend.',
  search: 'Trouver un élément',
  troubled: 'Seulement ce qui ne va pas bien, et ce sur quoi cela repose',
  alike: (count: number, kind: 'site' | 'host' | 'service'): string =>
    `${count} ${{ site: 'sites', host: 'hôtes', service: 'services' }[kind]}`,
  open: 'Les montrer un à un',
  notWatched: 'Non surveillé',
  because: (name: string): string => `à cause de ${name}`,
  empty: {
    title: 'Rien ne dépend encore de rien',
    text: 'Dites sur la page d’un hôte ou d’un service de quoi il dépend. Une panne fait alors un seul incident, et cette carte montre où elle a commencé.',
  },
  nothing: 'Rien de tel sur la carte.',
  allWell: 'Rien sur la carte ne demande votre aide.',
  tooMany: (shown: string, whole: string): string =>
    `${whole} éléments seraient dessinés : cherchez-en quelques-uns, ou ne montrez que ce qui ne va pas bien. Le maximum est de ${shown}.`,
  next: (count: number): string =>
    count < 2 ? 'Vers ce qui ne va pas bien' : `Suivant des ${count} qui ne vont pas bien`,
  asList: 'En liste',
  columns: { thing: 'Élément', state: 'État', on: 'Dépend de' },
  controls: { zoomIn: 'Plus près', zoomOut: 'Plus loin', fit: 'Tout montrer' },
};
