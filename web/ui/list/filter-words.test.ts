import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { filterTest, formatFilter, parseFilter } from './filter-words.ts';

interface Host {
  name: string;
  state: string;
  site: string;
}

const columns: Column<Host>[] = [
  { name: 'name', title: 'Nom', value: (host) => host.name },
  {
    name: 'state',
    title: 'État',
    value: (host) => host.state,
    choices: [
      { value: 'up', label: 'En service' },
      { value: 'down', label: 'En panne' },
    ],
  },
  { name: 'site', title: 'Site', value: (host) => host.site },
];
const web: Host = { name: 'web-1', state: 'down', site: 'Lyon Sud' };
const mail: Host = { name: 'mail', state: 'up', site: 'Paris' };

function found(filter: string): string[] {
  return [web, mail].filter(filterTest(columns, parseFilter(filter))).map((host) => host.name);
}

describe('the filter people type', () => {
  it('asks one column by its name', () => {
    expect(found('state:down')).toEqual(['web-1']);
  });
  it('knows a column by its French title and a state by its French word, with or without accents', () => {
    expect(found('état:"en panne"')).toEqual(['web-1']);
    expect(found('etat:"en serv"')).toEqual(['mail']);
  });
  it('takes several values as any of them', () => {
    expect(found('site:lyon,paris')).toEqual(['web-1', 'mail']);
  });
  it('turns a condition round with a minus', () => {
    expect(found('-site:paris')).toEqual(['web-1']);
  });
  it('finds bare words anywhere, and all of them must be there', () => {
    expect(found('sud web')).toEqual(['web-1']);
    expect(found('sud mail')).toEqual([]);
  });
  it('searches a word of no column as plain text', () => {
    expect(found('color:red')).toEqual([]);
  });
  it('keeps everything when nothing is typed', () => {
    expect(found('   ')).toEqual(['web-1', 'mail']);
  });
  it('reads back what it writes', () => {
    const typed = 'state:down site:"Lyon Sud",paris -web';
    expect(formatFilter(parseFilter(typed))).toBe(typed);
  });
  it('survives an unfinished quote and lone signs', () => {
    expect(found('site:"Lyon')).toEqual(['web-1']);
    expect(() => parseFilter('::: - , "" -:')).not.toThrow();
  });
});
