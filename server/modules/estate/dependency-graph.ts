import type { ThingRef } from '#contract/words.ts';

/** `dependent` does not work without `on`. */
export interface Dependency {
  readonly dependent: ThingRef;
  readonly on: ThingRef;
}

/** Something reached from a thing; `distance` counts the dependencies between them, by the shortest way. */
export interface Reached extends ThingRef {
  readonly distance: number;
}

const keyOf = (thing: ThingRef): string => `${thing.kind} ${thing.id}`;

type Steps = ReadonlyMap<string, readonly ThingRef[]>;

/** The next things in one direction, by thing. */
function stepsOf(dependencies: readonly Dependency[], toward: 'dependent' | 'on'): Steps {
  const from = toward === 'on' ? 'dependent' : 'on';
  const steps = new Map<string, ThingRef[]>();
  for (const dependency of dependencies) {
    const key = keyOf(dependency[from]);
    const known = steps.get(key);
    if (known === undefined) steps.set(key, [dependency[toward]]);
    else known.push(dependency[toward]);
  }
  return steps;
}

/** What is reached from a thing, nearest first, without the thing itself; a circle ends where it began. */
function reach(start: ThingRef, steps: Steps): Reached[] {
  const seen = new Set([keyOf(start)]);
  const reached: Reached[] = [];
  let ring: readonly ThingRef[] = [start];
  for (let distance = 1; ring.length > 0; distance += 1) {
    const next: ThingRef[] = [];
    for (const thing of ring.flatMap((inner) => steps.get(keyOf(inner)) ?? [])) {
      const key = keyOf(thing);
      if (seen.has(key)) continue;
      seen.add(key);
      next.push(thing);
      reached.push({ kind: thing.kind, id: thing.id, distance });
    }
    ring = next;
  }
  return reached;
}

/** For each thing everything that suffers when it fails. */
export function dependantsOfEach(dependencies: readonly Dependency[], things: readonly ThingRef[]): Reached[][] {
  const steps = stepsOf(dependencies, 'dependent');
  return things.map((thing) => reach(thing, steps));
}

/** For each thing everything that it needs to work. */
export function ancestorsOfEach(dependencies: readonly Dependency[], things: readonly ThingRef[]): Reached[][] {
  const steps = stepsOf(dependencies, 'on');
  return things.map((thing) => reach(thing, steps));
}

/** Everything that suffers when a thing fails. */
export function dependantsIn(dependencies: readonly Dependency[], thing: ThingRef): Reached[] {
  return reach(thing, stepsOf(dependencies, 'dependent'));
}

/** Everything that a thing needs to work. */
export function ancestorsIn(dependencies: readonly Dependency[], thing: ThingRef): Reached[] {
  return reach(thing, stepsOf(dependencies, 'on'));
}

/** Whether `dependent` would come to depend on itself if it depended on `on`; `dependencies` holds what `on` stands on. */
export function closesCircle(dependencies: readonly Dependency[], { dependent, on }: Dependency): boolean {
  const wanted = keyOf(dependent);
  return keyOf(on) === wanted || ancestorsIn(dependencies, on).some((thing) => keyOf(thing) === wanted);
}
