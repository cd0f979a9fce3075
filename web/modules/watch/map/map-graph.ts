import type { Check } from '#contract/watch.ts';
import type { NamedThing } from '#contract/words.ts';
import { severityOf, worstState, type StateName } from '#web/ui/state.ts';

/** One thing on the map, or several that stand alike behind the same ones. */
export interface MapNode {
  readonly key: string;
  /** One thing; several when they are drawn as one. */
  readonly things: readonly NamedThing[];
  readonly state: StateName | undefined;
  /** What it is unreachable because of. */
  readonly because: string | undefined;
}

export interface MapEdge {
  /** What is depended on, and what depends on it. */
  readonly from: string;
  readonly to: string;
}

export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

interface Dependency {
  readonly dependent: NamedThing;
  readonly on: NamedThing;
}

/** What of the map is wanted. */
export interface MapWish {
  /** Only what does not stand well, with everything between it and what it stands on. */
  readonly troubled: boolean;
  /** Only what is connected with things of this name. */
  readonly search: string;
  /** Groups that are to be shown one by one. */
  readonly opened: ReadonlySet<string>;
}

/** As many alike behind the same ones are drawn as one. */
const fewestAlike = 5;

export const keyOfThing = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}:${id}`;

/** The worst state of each thing's own checks, by key; paused ones say nothing. */
export function statesOf(
  checks: readonly Pick<Check, 'target' | 'state' | 'paused' | 'because'>[],
): Map<string, { state: StateName; because: string | undefined }> {
  const states = new Map<string, { state: StateName; because: string | undefined }>();
  for (const { target, state, paused, because } of checks) {
    if (paused) continue;
    const key = keyOfThing(target);
    const known = states.get(key);
    if (known === undefined || severityOf(state) < severityOf(known.state))
      states.set(key, { state, because: because?.name });
  }
  return states;
}

/** The neighbours of each key in one direction. */
function stepsOf(edges: readonly MapEdge[], from: 'from' | 'to'): Map<string, string[]> {
  const to = from === 'from' ? 'to' : 'from';
  const steps = new Map<string, string[]>();
  for (const edge of edges) {
    const known = steps.get(edge[from]);
    if (known === undefined) steps.set(edge[from], [edge[to]]);
    else known.push(edge[to]);
  }
  return steps;
}

function reach(starts: Iterable<string>, steps: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set(starts);
  const open = [...seen];
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const next of steps.get(key) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  return seen;
}

const isTrouble = (state: StateName | undefined): boolean =>
  state !== undefined && severityOf(state) <= severityOf('degraded');

/** What is to be drawn of everything that depends on something. */
export function mapGraph(
  dependencies: readonly Dependency[],
  states: ReturnType<typeof statesOf>,
  wish: MapWish,
): MapGraph {
  const things = new Map<string, NamedThing>();
  for (const { dependent, on } of dependencies) {
    things.set(keyOfThing(dependent), dependent);
    things.set(keyOfThing(on), on);
  }
  const edges = dependencies.map(({ dependent, on }) => ({ from: keyOfThing(on), to: keyOfThing(dependent) }));
  const wanted = wantedKeys(things, edges, states, wish);
  const kept = edges.filter(({ from, to }) => wanted.has(from) && wanted.has(to));
  return foldAlike(
    [...things].filter(([key]) => wanted.has(key)),
    kept,
    states,
    wish.opened,
  );
}

function wantedKeys(
  things: ReadonlyMap<string, NamedThing>,
  edges: readonly MapEdge[],
  states: ReturnType<typeof statesOf>,
  { troubled, search }: MapWish,
): Set<string> {
  const up = stepsOf(edges, 'to');
  const down = stepsOf(edges, 'from');
  let wanted = new Set(things.keys());
  if (search.trim() !== '') {
    const word = search.trim().toLowerCase();
    const found = [...things].filter(([, { name }]) => name.toLowerCase().includes(word)).map(([key]) => key);
    wanted = new Set([...reach(found, up), ...reach(found, down)]);
  }
  if (troubled) {
    const bad = [...wanted].filter((key) => isTrouble(states.get(key)?.state));
    wanted = new Set([...reach(bad, up)].filter((key) => wanted.has(key)));
  }
  return wanted;
}

/** Draws things that nothing depends on, that depend on the same and stand alike, as one. */
function foldAlike(
  things: readonly (readonly [string, NamedThing])[],
  edges: readonly MapEdge[],
  states: ReturnType<typeof statesOf>,
  opened: ReadonlySet<string>,
): MapGraph {
  const parents = stepsOf(edges, 'to');
  const children = stepsOf(edges, 'from');
  const groups = new Map<string, (readonly [string, NamedThing])[]>();
  for (const each of things) {
    const [key, thing] = each;
    const above = (parents.get(key) ?? []).toSorted();
    const alike =
      children.has(key) || above.length === 0
        ? key
        : `${thing.kind} ${states.get(key)?.state ?? 'none'} ${above.join(' ')}`;
    const group = groups.get(alike);
    if (group === undefined) groups.set(alike, [each]);
    else group.push(each);
  }
  const nodeOf = new Map<string, string>();
  const nodes: MapNode[] = [];
  for (const [alike, members] of groups) {
    const folded = members.length >= fewestAlike && !opened.has(alike);
    for (const some of folded ? [members] : members.map((member) => [member])) {
      const keys = some.map(([key]) => key);
      const key = folded ? alike : (keys[0] ?? '');
      for (const each of keys) nodeOf.set(each, key);
      nodes.push({
        key,
        things: some.map(([, thing]) => thing),
        state: worstState(keys.flatMap((each) => states.get(each)?.state ?? [])),
        because: keys.map((each) => states.get(each)?.because).find((name) => name !== undefined),
      });
    }
  }
  const drawn = new Map(
    edges.map(({ from, to }) => {
      const edge = { from: nodeOf.get(from) ?? from, to: nodeOf.get(to) ?? to };
      return [`${edge.from}>${edge.to}`, edge] as const;
    }),
  );
  return { nodes, edges: withoutDetours([...drawn.values()]) };
}

/** What also stands on the same by way of another is drawn by that way alone (the transitive reduction). */
function withoutDetours(edges: readonly MapEdge[]): MapEdge[] {
  const steps = stepsOf(edges, 'from');
  return edges.filter(({ from, to }) => {
    const others = (steps.get(from) ?? []).filter((next) => next !== to);
    return !reach(others, steps).has(to);
  });
}
