import { describe, expect, it } from 'vitest';
import type { StateName } from '#web/ui/state.ts';
import type { MapGraph } from './map-graph.ts';
import { layMap, nodeSize } from './map-layout.ts';
import { openingView, troublesOf, viewOn, type Frame, type MapView } from './map-view.ts';

const node = (key: string, state: StateName, because?: string) => ({
  key,
  things: [{ kind: 'host' as const, id: key, name: key }],
  state,
  because,
});

/** A router with so many switches, each with a host behind it; the host of `down` fails, and a service because of it. */
function company(switches: number, down = -1): MapGraph {
  const places = Array.from({ length: switches }, (_each, place) => place);
  return {
    nodes: [
      node('router', 'up'),
      ...places.map((place) => node(`switch ${place}`, 'up')),
      ...places.map((place) => node(`host ${place}`, place === down ? 'down' : 'up')),
      ...(down < 0 ? [] : [node('shop', 'unreachable', `host ${down}`)]),
    ],
    edges: [
      ...places.flatMap((place) => [
        { from: 'router', to: `switch ${place}` },
        { from: `switch ${place}`, to: `host ${place}` },
      ]),
      ...(down < 0 ? [] : [{ from: `host ${down}`, to: 'shop' }]),
    ],
  };
}

const wide: Frame = { width: 1_030, height: 590 };
const phone: Frame = { width: 366, height: 550 };

/** Whether a node is wholly seen. */
function isSeen(key: string, graph: MapGraph, view: MapView, frame: Frame): boolean {
  const { x, y } = layMap(graph).get(key) ?? { x: Number.NaN, y: 0 };
  const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y];
  const [right, bottom] = [left + nodeSize.width * view.zoom, top + nodeSize.height * view.zoom];
  return left >= 0 && top >= 0 && right <= frame.width && bottom <= frame.height;
}

describe('the map', () => {
  it('opens whole where all of it can be read', () => {
    const graph = company(3);
    const view = openingView(graph, layMap(graph), wide);
    for (const { key } of graph.nodes) expect(isSeen(key, graph, view, wide)).toBe(true);
  });

  it.each([
    ['a desk', wide],
    ['a phone', phone],
  ])('opens large enough to read on %s, on what is not well', (_where, frame) => {
    const graph = company(40, 37);
    const view = openingView(graph, layMap(graph), frame);
    expect(view.zoom).toBeGreaterThanOrEqual(0.85);
    expect(isSeen('host 37', graph, view, frame)).toBe(true);
  });

  it('shows beside a cause what suffers from it, where there is room', () => {
    const graph = company(40, 37);
    const view = openingView(graph, layMap(graph), wide);
    expect(isSeen('shop', graph, view, wide)).toBe(true);
    expect(isSeen('switch 37', graph, view, wide)).toBe(true);
  });

  it('opens on what the rest stands on while all is well', () => {
    const graph = company(40);
    expect(isSeen('router', graph, openingView(graph, layMap(graph), phone), phone)).toBe(true);
  });

  it('can look at one thing of which more stands around than can be shown', () => {
    const graph = company(40);
    const view = viewOn('router', graph, layMap(graph), wide);
    expect(view.zoom).toBeGreaterThanOrEqual(0.85);
    expect(isSeen('router', graph, view, wide)).toBe(true);
  });
});

describe('where it begins', () => {
  it('is what fails by itself, the worst first and then what most stands behind', () => {
    const graph: MapGraph = {
      nodes: [
        node('slow', 'degraded'),
        node('leaf', 'down'),
        node('switch', 'down'),
        node('desk', 'unreachable', 'switch'),
        node('well', 'up'),
      ],
      edges: [{ from: 'switch', to: 'desk' }],
    };
    expect(troublesOf(graph)).toEqual(['switch', 'leaf', 'slow']);
  });
});
