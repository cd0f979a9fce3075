import { Button, Checkbox, TextInput } from '@mantine/core';
import { useElementSize, useReducedMotion } from '@mantine/hooks';
import { Controls, Panel, ReactFlow, useReactFlow, type Edge } from '@xyflow/react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '#web/shell/api.ts';
import { ready } from '#web/shell/query-client.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { useAddress } from '#web/shell/use-address.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatNumber } from '#web/ui/format.ts';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { mapGraph, statesOf, type MapGraph, type MapWish } from './map-graph.ts';
import { layMap, nodeSize } from './map-layout.ts';
import { ThingNode, type ThingFlowNode } from './map-node.tsx';
import { openingView, troublesOf, viewOn, type Frame } from './map-view.ts';
import { useMapTexts } from './map-texts.ts';
import { useSections } from '../use-sections.ts';
import { checksQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '@xyflow/react/dist/style.css';
import './map.css';

const dependenciesQuery = () => api.estate.dependencies.list.queryOptions({ input: {} });

export const loader = () => Promise.all([ready(dependenciesQuery()), ready(checksQuery())]);

/** A picture of more than this says nothing any more. */
const mostNodes = 400;
const nodeTypes = { thing: ThingNode };

/** What the address asks of the map. */
function useWish() {
  const [params, say] = useAddress();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const search = params.get('q') ?? '';
  const troubled = params.has('troubled');
  return {
    wish: useMemo(() => ({ search, troubled, opened }), [search, troubled, opened]),
    open: (key: string) => setOpened(new Set([...opened, key])),
    set: say,
  };
}

/** What stands on what, with live states: where a failure began, and what it takes along. */
export function MapPage() {
  const texts = useMapTexts();
  const { locale } = useUi();
  const { sections } = useWatchTexts();
  const tabs = useSections().map((tab) => ({ ...tab, end: true }));
  const { data: dependencies } = useSuspenseQuery(dependenciesQuery());
  const { data: checks } = useSuspenseQuery(checksQuery());
  const { wish, open, set } = useWish();
  const states = useMemo(() => statesOf(checks.items), [checks]);
  const graph = useMemo(() => mapGraph(dependencies.items, states, wish), [dependencies, states, wish]);
  const said =
    graph.nodes.length > mostNodes
      ? texts.tooMany(formatNumber(mostNodes, locale), formatNumber(graph.nodes.length, locale))
      : graph.nodes.length > 0
        ? undefined
        : wish.troubled
          ? texts.allWell
          : texts.nothing;
  return (
    <section className="v-page">
      <title>{`${texts.title} – Vigie`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
      </header>
      <SectionTabs label={sections.label} tabs={tabs} />
      {dependencies.items.length === 0 ? (
        <EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>
      ) : (
        <>
          <div className="v-map-bar">
            <TextInput
              size="xs"
              aria-label={texts.search}
              placeholder={texts.search}
              data-search=""
              value={wish.search}
              onChange={(event) => set('q', event.currentTarget.value)}
            />
            <Checkbox
              size="xs"
              label={texts.troubled}
              checked={wish.troubled}
              onChange={(event) => set('troubled', event.currentTarget.checked ? '1' : '')}
            />
          </div>
          {said === undefined ? (
            <Picture key={keyOfWish(wish)} graph={graph} onOpen={open} />
          ) : (
            <p className="v-map-said">{said}</p>
          )}
          {said === undefined && <AsList graph={graph} />}
        </>
      )}
    </section>
  );
}

function Picture({ graph, onOpen }: { graph: MapGraph; onOpen: (key: string) => void }) {
  const texts = useMapTexts();
  const { ref, ...frame } = useElementSize();
  // The same things stand in the same places whatever their state: nothing moves under one's eyes.
  const places = useMemo(() => layMap(graph), [graph]);
  const nodes: ThingFlowNode[] = graph.nodes.map((node) => ({
    id: node.key,
    type: 'thing',
    position: places.get(node.key) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: { node, onOpen },
    draggable: false,
    connectable: false,
    selectable: false,
  }));
  const states = new Map(graph.nodes.map(({ key, state }) => [key, state]));
  const edges: Edge[] = graph.edges.map(({ from, to }) => ({
    id: `${from}>${to}`,
    source: from,
    target: to,
    focusable: false,
    selectable: false,
    ...(isCause(states.get(from)) ? { className: 'v-map-cause' } : {}),
  }));
  return (
    <section className="v-map" aria-label={texts.title} ref={ref}>
      {frame.width > 0 && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          defaultViewport={openingView(graph, places, frame)}
          minZoom={0.1}
          maxZoom={1.5}
          nodesFocusable={false}
          onlyRenderVisibleElements
          ariaLabelConfig={{
            'controls.zoomIn.ariaLabel': texts.controls.zoomIn,
            'controls.zoomOut.ariaLabel': texts.controls.zoomOut,
            'controls.fitView.ariaLabel': texts.controls.fit,
          }}
        >
          <Controls showInteractive={false} />
          <NextTrouble graph={graph} places={places} frame={frame} />
        </ReactFlow>
      )}
    </section>
  );
}

/** Another question to the map is another picture; what changes by itself leaves it where it is. */
const keyOfWish = ({ search, troubled, opened }: MapWish): string => [troubled, search, ...opened].join(' ');

const moveMs = 140;

/** Goes from one place where something fails to the next. */
function NextTrouble({ graph, places, frame }: { graph: MapGraph; places: ReturnType<typeof layMap>; frame: Frame }) {
  const texts = useMapTexts();
  const flow = useReactFlow();
  const still = useReducedMotion();
  const [last, setLast] = useState<string>();
  const troubles = troublesOf(graph);
  if (troubles.length === 0) return null;
  const next = troubles[(troubles.indexOf(last ?? troubles[0] ?? '') + 1) % troubles.length] ?? '';
  return (
    <Panel position="top-right">
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          setLast(next);
          void flow.setViewport(viewOn(next, graph, places, frame), still ? {} : { duration: moveMs });
        }}
      >
        {texts.next(troubles.length)}
      </Button>
    </Panel>
  );
}

const isCause = (state: string | undefined): boolean => state === 'down' || state === 'unreachable';

/** The same for those who cannot see it. */
function AsList({ graph }: { graph: MapGraph }) {
  const texts = useMapTexts();
  const byKey = new Map(graph.nodes.map((node) => [node.key, node]));
  const above = (key: string): string =>
    graph.edges
      .filter(({ to }) => to === key)
      .map(({ from }) => byKey.get(from)?.things[0]?.name ?? '')
      .join(', ');
  return (
    <details className="v-map-list">
      <summary>{texts.asList}</summary>
      <table className="v-watch-results">
        <thead>
          <tr>
            <th scope="col">{texts.columns.thing}</th>
            <th scope="col">{texts.columns.state}</th>
            <th scope="col">{texts.columns.on}</th>
          </tr>
        </thead>
        <tbody>
          {graph.nodes.flatMap((node) =>
            node.things.map((thing) => (
              <tr key={thing.id}>
                <td>
                  <ThingLink thing={thing} />
                </td>
                <td>{node.state === undefined ? texts.notWatched : <StateBadge state={node.state} />}</td>
                <td>{above(node.key)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  );
}
