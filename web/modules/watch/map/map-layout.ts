import { graphlib, layout, type GraphLabel } from '@dagrejs/dagre';
import type { MapGraph } from './map-graph.ts';

/** Pixels of one node. */
export const nodeSize = { width: 196, height: 46 } as const;

/** A node of the layout; its place is that of its middle. */
interface Place {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/** Where each node's left upper corner goes: what is depended on at the left, what depends on it to its right. */
export function layMap({ nodes, edges }: MapGraph): Map<string, { readonly x: number; readonly y: number }> {
  const graph = new graphlib.Graph<GraphLabel, Place>();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 70, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key } of nodes) graph.setNode(key, { ...nodeSize, x: 0, y: 0 });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    nodes.map(({ key }) => {
      const { x, y } = graph.node(key);
      return [key, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }];
    }),
  );
}
