import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { IconMapPin, IconServer, IconStack2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '#web/paths.ts';
import { StateBadge } from '#web/ui/state-badge.tsx';
import type { MapNode } from './map-graph.ts';
import { useMapTexts } from './map-texts.ts';

/** A node of the map as the drawing knows it. */
export type ThingFlowNode = Node<{ node: MapNode; onOpen: (key: string) => void }, 'thing'>;

const icons = { site: IconMapPin, host: IconServer, service: IconStack2 } as const;

/** One thing on the map, or several alike. */
export function ThingNode({ data: { node, onOpen } }: NodeProps<ThingFlowNode>) {
  const texts = useMapTexts();
  const [thing] = node.things;
  if (thing === undefined) return null;
  const Icon = icons[thing.kind];
  const many = node.things.length > 1;
  const lead = node.because === undefined ? undefined : texts.because(node.because);
  return (
    <div className="v-map-node" data-state={node.state ?? 'none'} data-many={many || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Icon size={15} aria-hidden="true" />
      <span className="v-map-names">
        {many ? (
          <button type="button" className="v-link-button" title={texts.open} onClick={() => onOpen(node.key)}>
            {texts.alike(node.things.length, thing.kind)}
          </button>
        ) : (
          <Link to={paths.thing(thing)} title={thing.name}>
            {thing.name}
          </Link>
        )}
        {lead !== undefined && <span className="v-quiet">{lead}</span>}
      </span>
      {node.state === undefined ? (
        <span className="v-quiet" title={texts.notWatched}>
          –
        </span>
      ) : (
        <StateBadge state={node.state} show="icon" />
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
