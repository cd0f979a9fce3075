import { severityOf } from '#web/ui/state.ts';
import type { MapGraph } from './map-graph.ts';
import { nodeSize } from './map-layout.ts';

/** What of the map is seen: what stands at the left upper corner, and how large. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Pixels of the frame that the map is seen in. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Names are read without an effort from this size on. */
const readableZoom = 0.85;
const margin = 24;
/** What suffers stands to the right of its cause: the cause goes so much left of the middle. */
const leftOfMiddle = 0.22;

/** The nodes where something that is not well begins: the worst first, and of those the one that most stands behind. */
export function troublesOf({ nodes, edges }: MapGraph): string[] {
  const steps: ReadonlyMap<string, readonly { readonly to: string }[]> = Map.groupBy(edges, ({ from }) => from);
  const behind = (key: string): number => {
    const seen = new Set([key]);
    // A set is gone through in the order of its growth, and what is added meanwhile comes too.
    for (const each of seen) for (const { to } of steps.get(each) ?? []) seen.add(to);
    return seen.size;
  };
  return nodes
    .flatMap(({ key, state, because }) => {
      const begins = state !== undefined && because === undefined && severityOf(state) <= severityOf('degraded');
      return begins ? [{ key, severity: severityOf(state), behind: behind(key) }] : [];
    })
    .toSorted((one, other) => one.severity - other.severity || other.behind - one.behind)
    .map(({ key }) => key);
}

function fit(keys: readonly string[], places: Places, frame: Frame): MapView {
  const found = keys.flatMap((key) => places.get(key) ?? []);
  const [left, top] = [Math.min(...found.map(({ x }) => x)), Math.min(...found.map(({ y }) => y))];
  const width = Math.max(...found.map(({ x }) => x)) + nodeSize.width - left;
  const height = Math.max(...found.map(({ y }) => y)) + nodeSize.height - top;
  const zoom = Math.min(1, (frame.width - 2 * margin) / width, (frame.height - 2 * margin) / height);
  return {
    x: frame.width / 2 - (left + width / 2) * zoom,
    y: frame.height / 2 - (top + height / 2) * zoom,
    zoom,
  };
}

/** A node with its neighbours where that can be read; else the node itself, and what there is room for to its right. */
export function viewOn(key: string, { edges }: MapGraph, places: Places, frame: Frame): MapView {
  const near = edges.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : []));
  const around = fit([key, ...near], places, frame);
  if (around.zoom >= readableZoom) return around;
  const { x, y } = places.get(key) ?? { x: 0, y: 0 };
  const zoom = readableZoom;
  const leftmost = margin - x * zoom;
  const centred = frame.width / 2 - (x + nodeSize.width / 2) * zoom - frame.width * leftOfMiddle;
  return { x: Math.max(leftmost, centred), y: frame.height / 2 - (y + nodeSize.height / 2) * zoom, zoom };
}

/** How the map opens: whole where it can be read, else on what is not well, else on what most stands behind. */
export function openingView(graph: MapGraph, places: Places, frame: Frame): MapView {
  const keys = graph.nodes.map(({ key }) => key);
  const whole = fit(keys, places, frame);
  if (whole.zoom >= readableZoom) return whole;
  const below = new Set(graph.edges.map(({ to }) => to));
  const first = troublesOf(graph)[0] ?? keys.find((key) => !below.has(key)) ?? keys[0];
  return first === undefined ? whole : viewOn(first, graph, places, frame);
}
