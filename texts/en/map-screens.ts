/** Words of the map of dependencies. */
export const mapScreens = {
  title: 'Map',
  lead: 'What stands on what, with how it does. On the left what the rest depends on.',
  search: 'Find a thing',
  troubled: 'Only what is not well, and what it stands on',
  alike: (count: number, kind: 'site' | 'host' | 'service'): string =>
    `${count} ${{ site: 'sites', host: 'hosts', service: 'services' }[kind]}`,
  open: 'Show them one by one',
  notWatched: 'Not watched',
  because: (name: string): string => `because of ${name}`,
  empty: {
    title: 'Nothing depends on anything yet',
    text: 'Say on the page of a host or a service what it depends on. Then one failure is one incident, and this map shows where it began.',
  },
  nothing: 'Nothing of that is on the map.',
  allWell: 'Nothing on the map wants a hand.',
  tooMany: (shown: string, whole: string): string =>
    `${whole} things would be drawn; search for some of them, or show only what is not well. ${shown} is the most.`,
  next: (count: number): string => (count === 1 ? 'To what is not well' : `Next of ${count} that are not well`),
  asList: 'As a list',
  columns: { thing: 'Thing', state: 'State', on: 'Depends on' },
  controls: { zoomIn: 'Closer', zoomOut: 'Farther', fit: 'Show all' },
};
