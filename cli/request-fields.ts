import type { RequestEntry } from '#contract/request-list.ts';
import {
  choicesOf,
  isNode,
  isNullable,
  itemsOf,
  plainNode,
  propertiesOf,
  requiredOf,
  schemaOf,
  type SchemaNode,
} from './schema-node.ts';

/** How a field of a request is written at a terminal. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'pairs' | 'thing' | 'json';

export interface Field {
  /** Its name in the contract. */
  readonly name: string;
  /** Its option, such as `--runbook` for `runbookId`. */
  readonly flag: string;
  readonly kind: FieldKind;
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly nullable: boolean;
  /** Part of the path: written without an option, in the path's order. */
  readonly isArgument: boolean;
  /** The list in which a name can be written instead of an id, such as `estate.hosts.list`. */
  readonly refersTo: string | undefined;
}

export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

const lists: Readonly<Record<string, string>> = {
  site: 'estate.sites.list',
  host: 'estate.hosts.list',
  service: 'estate.services.list',
  runbook: 'upkeep.runbooks.list',
  credential: 'upkeep.credentials.list',
  incident: 'desk.tickets.list',
  ticket: 'desk.tickets.list',
  person: 'people.persons.list',
  assignee: 'people.persons.list',
  owner: 'people.persons.list',
  check: 'watch.checks.list',
  solution: 'logbook.solutions.list',
  channel: 'notify.channels.list',
};

/** The list that holds things of a kind, such as `host`. */
export function listOfKind(kind: string): string | undefined {
  return lists[kind];
}

function kindOf(input: SchemaNode, output: SchemaNode | undefined): FieldKind {
  const node = plainNode(input);
  if (choicesOf(node).length > 0) return 'choice';
  const type = node['type'];
  if (type === 'boolean' || (output !== undefined && plainNode(output)['type'] === 'boolean')) return 'boolean';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') return 'text';
  if (type === 'array') return itemsOf(node)['type'] === 'string' ? 'list' : 'json';
  if (type !== 'object') return 'json';
  const names = [...propertiesOf(node).keys()].toSorted().join(' ');
  if (names === 'id kind') return 'thing';
  return isNode(node['additionalProperties']) ? 'pairs' : 'json';
}

function flagOf(name: string, taken: ReadonlySet<string>): string {
  const short = name.replace(/Ids?$/u, '');
  return kebab(short === '' || (short !== name && taken.has(short)) ? name : short);
}

/** The fields of a request, arguments first. */
export function fieldsOf(entry: RequestEntry): readonly Field[] {
  const input = schemaOf(entry.input, 'input');
  const outputs = propertiesOf(schemaOf(entry.input, 'output'));
  const properties = propertiesOf(input);
  const required = requiredOf(input);
  const inPath = [...entry.path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? '');
  const siblings = `${entry.name.split('.').slice(0, -1).join('.')}.list`;
  const taken = new Set(properties.keys());
  const fields = [...properties].map(([name, node]): Field => {
    const isArgument = inPath.includes(name);
    return {
      name,
      flag: flagOf(name, taken),
      kind: kindOf(node, outputs.get(name)),
      choices: choicesOf(plainNode(node)),
      required: isArgument || required.has(name),
      nullable: isNullable(node),
      isArgument,
      refersTo: name === 'id' ? siblings : lists[name.replace(/Ids?$/u, '')],
    };
  });
  const placed = inPath.flatMap((name) => fields.filter((field) => field.name === name));
  return [...placed, ...fields.filter((field) => !field.isArgument)];
}
