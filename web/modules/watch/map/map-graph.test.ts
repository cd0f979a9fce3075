import { describe, expect, it } from 'vitest';
import type { NamedThing } from '#contract/words.ts';
import { mapGraph, statesOf, type MapWish } from './map-graph.ts';

const host = (name: string): NamedThing => ({ kind: 'host', id: name, name });
const shop: NamedThing = { kind: 'service', id: 'shop', name: 'The shop' };
const needs = (dependent: NamedThing, on: NamedThing) => ({ dependent, on });
const check = (target: NamedThing, state: 'up' | 'down' | 'unreachable', because: NamedThing | null = null) => ({
  target,
  state,
  paused: false,
  because,
});

const router = host('router');
const desks = Array.from({ length: 8 }, (_, index) => host(`desk${index}`));
const dependencies = [
  needs(host('web'), router),
  needs(host('db'), router),
  needs(shop, host('web')),
  needs(shop, host('db')),
  ...desks.map((desk) => needs(desk, router)),
];
const all: MapWish = { troubled: false, search: '', opened: new Set() };
const names = (graph: ReturnType<typeof mapGraph>) =>
  graph.nodes
    .map(({ things }) => (things.length === 1 ? things[0]?.name : `${things.length} alike`))
    .toSorted((a = '', b = '') => a.localeCompare(b));

describe('the map of dependencies', () => {
  it('draws many that stand alike behind the same thing as one', () => {
    const graph = mapGraph(dependencies, statesOf(desks.map((desk) => check(desk, 'up'))), all);
    expect(names(graph)).toEqual(['8 alike', 'db', 'router', 'The shop', 'web']);
    expect(graph.edges).toHaveLength(5);
  });

  it('shows those that stand differently by themselves, and a group one by one when it is opened', () => {
    const states = statesOf(desks.map((desk, index) => check(desk, index === 0 ? 'down' : 'up')));
    const graph = mapGraph(dependencies, states, all);
    expect(names(graph)).toContain('desk0');
    const group = graph.nodes.find(({ things }) => things.length === 7)?.key ?? '';
    expect(mapGraph(dependencies, states, { ...all, opened: new Set([group]) }).nodes).toHaveLength(12);
  });

  it('shows what is wrong with everything that it stands on', () => {
    const states = statesOf([check(host('web'), 'down'), check(shop, 'unreachable', host('web')), check(router, 'up')]);
    const graph = mapGraph(dependencies, states, { ...all, troubled: true });
    expect(names(graph)).toEqual(['db', 'router', 'The shop', 'web']);
    expect(graph.nodes.find(({ key }) => key === 'service:shop')?.because).toBe('web');
  });

  it('shows what is connected with a name', () => {
    expect(names(mapGraph(dependencies, statesOf([]), { ...all, search: 'SHOP' }))).toEqual([
      'db',
      'router',
      'The shop',
      'web',
    ]);
  });

  it('draws one way between two things, the longest', () => {
    const more = [...dependencies, needs(shop, router)];
    expect(mapGraph(more, statesOf([]), all).edges).toHaveLength(5);
  });

  it('takes the worst of a thing’s checks, and none of those that are paused', () => {
    const states = statesOf([check(router, 'up'), { ...check(router, 'down'), paused: true }]);
    expect(states.get('host:router')?.state).toBe('up');
  });
});
