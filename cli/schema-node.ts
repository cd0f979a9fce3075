import { z } from 'zod';

/** A part of a JSON Schema; the command line reads the contract through it, so that a new request needs nothing here. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): SchemaNode {
  const made: unknown = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return isNode(made) ? made : {};
}

/** The arms of a union; the node itself where it is none. */
export function arms(node: SchemaNode): readonly SchemaNode[] {
  const union = node['oneOf'] ?? node['anyOf'];
  return Array.isArray(union) ? union.filter(isNode).flatMap(arms) : [node];
}

/** The node without its null arm. */
export function plainNode(node: SchemaNode): SchemaNode {
  const left = arms(node).filter((arm) => arm['type'] !== 'null');
  return left.length === 1 ? (left[0] ?? node) : node;
}

export function isNullable(node: SchemaNode): boolean {
  return arms(node).some((arm) => arm['type'] === 'null');
}

/** The properties of an object; of a union of objects, all that any arm has. */
export function propertiesOf(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  const found = new Map<string, SchemaNode>();
  for (const arm of arms(node)) {
    const properties = arm['properties'];
    if (!isNode(properties)) continue;
    for (const [name, property] of Object.entries(properties)) {
      if (!isNode(property)) continue;
      const before = found.get(name);
      found.set(name, before === undefined ? property : { anyOf: [before, property] });
    }
  }
  return found;
}

/** What must be given; of a union, what every arm wants. */
export function requiredOf(node: SchemaNode): ReadonlySet<string> {
  const wanted = arms(node).map((arm) => (Array.isArray(arm['required']) ? arm['required'].map(String) : []));
  const [first = [], ...rest] = wanted;
  return new Set(first.filter((name) => rest.every((names) => names.includes(name))));
}

/** The words of a closed list, empty where anything may be written. */
export function choicesOf(node: SchemaNode): readonly string[] {
  return arms(node).flatMap((arm) => {
    if (typeof arm['const'] === 'string') return [arm['const']];
    return Array.isArray(arm['enum']) ? arm['enum'].map(String) : [];
  });
}

/** `items` of an array, or an empty node. */
export function itemsOf(node: SchemaNode): SchemaNode {
  const items = node['items'];
  return isNode(items) ? items : {};
}
