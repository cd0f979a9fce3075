import type { RequestEntry } from '#contract/request-list.ts';
import { cellText, fieldLabel } from './cell.ts';
import { columnsOf } from './commands/columns.ts';
import type { Context } from './context.ts';
import { arms, isNode, itemsOf, plainNode, propertiesOf, schemaOf, type SchemaNode } from './schema-node.ts';
import { oneLine, tableText, tame, widthOf } from './table.ts';

function cellsOf(row: unknown, names: readonly string[], schema: SchemaNode, context: Context): readonly string[] {
  const properties = propertiesOf(schema);
  return names.map((name) => {
    const value = isNode(row) ? row[name] : undefined;
    return cellText(name, value, properties.get(name) ?? {}, context.language);
  });
}

/** A list as a table; a column in which no row says anything is left out. */
export function listText(name: string, items: readonly unknown[], schema: SchemaNode, context: Context): string {
  const names = columnsOf(name, schema);
  const rows = items.map((item) => cellsOf(item, names, schema, context));
  const kept = names.map((_name, index) => rows.some((row) => !['–', ''].includes(row[index] ?? '')));
  const header = names.map((one) => fieldLabel(one, context.language));
  const pick = (row: readonly string[]): readonly string[] => row.filter((_cell, index) => kept[index]);
  const { isTerminal, columns } = context.terminal;
  return tableText(pick(header), rows.map(pick), isTerminal ? columns : undefined);
}

function isTable(value: unknown, node: SchemaNode): boolean {
  const item = plainNode(itemsOf(node));
  return Array.isArray(value) && value.length > 0 && propertiesOf(item).size > 1;
}

/** Whether a person has anything to read there. */
function isSaid(value: unknown): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** A thing as labels and values, its lists as tables below; what is empty is left out. */
function thingText(name: string, thing: SchemaNode, schema: SchemaNode, context: Context): string {
  const properties = [...propertiesOf(schema)].filter(([key]) => key in thing && isSaid(thing[key]));
  const plain = properties.filter(([key, node]) => !isTable(thing[key], plainNode(node)));
  const label = (key: string): string => fieldLabel(key, context.language);
  const width = Math.max(0, ...plain.map(([key]) => widthOf(label(key))));
  const lines = plain.map(([key, node]) => {
    const text = cellText(key, thing[key], node, context.language);
    const shown = text.includes('\n') ? `\n${tame(text).trimEnd().replaceAll(/^/gmu, '    ')}` : oneLine(text);
    return `${label(key)}${' '.repeat(width - widthOf(label(key)))}  ${shown}`;
  });
  const tables = properties
    .filter(([key, node]) => isTable(thing[key], plainNode(node)))
    .map(([key, node]) => {
      const items = thing[key];
      const rows: readonly unknown[] = Array.isArray(items) ? items : [];
      return `\n${label(key)}\n${listText(`${name}.${key}`, rows, plainNode(itemsOf(plainNode(node))), context)}`;
    });
  return `${lines.join('\n')}\n${tables.join('')}`;
}

/** Shows what a request answered: as JSON for programs, else as a table or as labels and values. */
export function showAnswer(entry: RequestEntry, answer: unknown, context: Context): void {
  const { terminal, texts } = context;
  if (context.asJson) {
    terminal.write(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const schema = entry.output === null ? {} : plainNode(schemaOf(entry.output, 'output'));
  if (!isNode(answer)) {
    terminal.write(`${answer === null ? texts.nothingThere : oneLine(JSON.stringify(answer))}\n`);
    return;
  }
  if (Object.keys(answer).length === 0) {
    terminal.tell(`${texts.done}\n`);
    return;
  }
  const items = answer['items'];
  const itemSchema = plainNode(itemsOf(propertiesOf(schema).get('items') ?? {}));
  if (!Array.isArray(items)) {
    terminal.write(thingText(entry.name, answer, arms(schema).length > 1 ? { anyOf: arms(schema) } : schema, context));
    return;
  }
  if (items.length === 0) terminal.tell(`${texts.empty}\n`);
  else terminal.write(listText(entry.name, items, itemSchema, context));
  const total = answer['total'];
  if (typeof total === 'number' && total > items.length) terminal.tell(`${texts.more(items.length, total)}\n`);
}
