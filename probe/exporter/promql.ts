import { createRequire } from 'node:module';
import type { SyntaxNode } from '@lezer/common';
import { aggregate, countValues, isAggregation, isRanked, quantileOf, topOf, type Ranked } from './promql-aggregate.ts';
import { combine, isOperation } from './promql-binary.ts';
import { PromqlFault } from './promql-fault.ts';
import { callFunction } from './promql-functions.ts';
import { readMatching } from './promql-matching.ts';
import { readSelector, type Selector } from './promql-selector.ts';
import type { Reading, Term } from './promql-term.ts';
import type { Element, Value } from './vector.ts';

/** Read with the first expression: it takes time and memory. */
const read: (name: '@prometheus-io/lezer-promql') => typeof import('@prometheus-io/lezer-promql') = createRequire(
  import.meta.url,
);

/** An expression that was understood. */
export interface Expression {
  /** The metrics it looks at. */
  readonly names: ReadonlySet<string>;
  /** Whether it asks if something is missing, so that a missing metric is no fault. */
  readonly asksAbsence: boolean;
  /** The selector, when the expression is nothing else. */
  readonly selector: Selector | undefined;
  evaluate(reading: Reading): Value;
}

interface Notes {
  readonly text: string;
  readonly names: Set<string>;
  asksAbsence: boolean;
  depth: number;
}

const deepest = 40;

/**
 * Compiles PromQL on one page: its grammar is Prometheus' own, its time is now. `rate`, `irate`, `increase` and `delta`
 * mean the time since the run before, whatever range they name. Throws {@link PromqlFault}.
 */
export function compilePromql(text: string): Expression {
  const tree = read('@prometheus-io/lezer-promql').parser.parse(text);
  const [root] = children(tree.topNode);
  const notes: Notes = { text, names: new Set(), asksAbsence: false, depth: 0 };
  if (root === undefined) throw new PromqlFault('empty', 0);
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) throw new PromqlFault('syntax', node.from);
    },
  });
  const evaluate = compile(root, notes);
  const selector = root.name === 'VectorSelector' ? readSelector(root, text) : undefined;
  return { names: notes.names, asksAbsence: notes.asksAbsence, selector, evaluate };
}

function compile(node: SyntaxNode, notes: Notes): Term {
  notes.depth += 1;
  if (notes.depth > deepest) throw new PromqlFault('too deep', node.from);
  try {
    return compileOne(node, notes);
  } finally {
    notes.depth -= 1;
  }
}

function compileOne(node: SyntaxNode, notes: Notes): Term {
  switch (node.name) {
    case 'ParenExpr':
      return compile(only(node), notes);
    case 'NumberDurationLiteral': {
      const value = readLiteral(notes.text.slice(node.from, node.to), node.from);
      return () => value;
    }
    case 'UnaryExpr': {
      const [sign, operand] = children(node);
      if (sign === undefined || operand === undefined) throw new PromqlFault('syntax', node.from);
      const term = compile(operand, notes);
      const negative = notes.text.slice(sign.from, sign.to) === '-';
      return negative ? (reading) => combine('*', -1, term(reading), undefined, false) : term;
    }
    case 'VectorSelector':
      return select(readSelector(node, notes.text), notes);
    case 'BinaryExpr':
      return compileBinary(node, notes);
    case 'AggregateExpr':
      return compileAggregate(node, notes);
    case 'FunctionCall':
      return compileCall(node, notes);
    default:
      throw new PromqlFault(`not supported: ${notes.text.slice(node.from, node.to).slice(0, 40)}`, node.from);
  }
}

function select(selector: Selector, notes: Notes): Term {
  notes.names.add(selector.name);
  return ({ exposition }) =>
    (exposition.samples.get(selector.name) ?? []).filter((sample) => selector.fits(sample.labels));
}

function compileBinary(node: SyntaxNode, notes: Notes): Term {
  const parts = children(node);
  const [left, operator] = parts;
  const right = parts.at(-1);
  if (left === undefined || operator === undefined || right === undefined) throw new PromqlFault('syntax', node.from);
  const operation = notes.text.slice(operator.from, operator.to).toLowerCase();
  if (!isOperation(operation)) throw new PromqlFault(`not supported: ${operation}`, operator.from);
  const modifiers = parts.slice(2, -1);
  const asBool = modifiers.some((each) => each.name === 'BoolModifier');
  const clause = modifiers.find((each) => each.name === 'MatchingModifierClause');
  const matching = readMatching(clause, notes.text);
  const [one, two] = [compile(left, notes), compile(right, notes)];
  return (reading) => combine(operation, one(reading), two(reading), matching, asBool);
}

function compileAggregate(node: SyntaxNode, notes: Notes): Term {
  const operator = node.getChild('AggregateOp');
  const body = node.getChild('FunctionCallBody');
  const modifier = node.getChild('AggregateModifier');
  if (operator === null || body === null) throw new PromqlFault('syntax', node.from);
  const operation = notes.text.slice(operator.from, operator.to).toLowerCase();
  if (!isAggregation(operation) && !isRanked(operation))
    throw new PromqlFault(`not supported: ${operation}`, operator.from);
  const labels = (modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? []).map((each) =>
    notes.text.slice(each.from, each.to),
  );
  const by = modifier === null ? [] : modifier.getChild('By') === null ? undefined : labels;
  if (isRanked(operation)) return compileRanked(operation, body, { by, without: labels }, notes);
  const term = compile(only(body), notes);
  return (reading) => aggregate(operation, vectorOf(term(reading)), by, labels);
}

/** `topk(3, x)`, `bottomk(3, x)`, `quantile(0.9, x)` and `count_values("label", x)`. */
function compileRanked(
  operation: Ranked,
  body: SyntaxNode,
  grouping: { readonly by: readonly string[] | undefined; readonly without: readonly string[] },
  notes: Notes,
): Term {
  const [given, operand, ...more] = children(body);
  if (given === undefined || operand === undefined || more.length > 0)
    throw new PromqlFault(`${operation}: two arguments`, body.from);
  const term = compile(operand, notes);
  if (operation === 'count_values') {
    const label = notes.text.slice(given.from + 1, given.to - 1);
    if (given.name !== 'StringLiteral' || !/^[A-Za-z_]\w*$/u.test(label))
      throw new PromqlFault('count_values: a label in quotes', given.from);
    return (reading) => countValues(label, vectorOf(term(reading)), grouping);
  }
  const parameter = compile(given, notes);
  return (reading) => {
    const value = parameter(reading);
    if (typeof value !== 'number') return [];
    const elements = vectorOf(term(reading));
    return operation === 'quantile'
      ? quantileOf(value, elements, grouping)
      : topOf(operation, value, elements, grouping);
  };
}

const growths = new Set(['rate', 'irate', 'increase', 'delta']);

function compileCall(node: SyntaxNode, notes: Notes): Term {
  const identifier = node.getChild('FunctionIdentifier');
  const body = node.getChild('FunctionCallBody');
  if (identifier === null || body === null) throw new PromqlFault('syntax', node.from);
  const name = notes.text.slice(identifier.from, identifier.to).toLowerCase();
  const args = children(body);
  const [first] = args;
  if (growths.has(name)) {
    if (args.length !== 1 || first === undefined) throw new PromqlFault(`${name}: one series`, node.from);
    return compileGrowth(name, first, notes);
  }
  if (name === 'absent') notes.asksAbsence = true;
  const terms = args.map((each) => compile(each, notes));
  const call = callFunction(name, terms);
  if (call === undefined) throw new PromqlFault(`not supported: ${name}`, identifier.from);
  return call;
}

function compileGrowth(name: string, argument: SyntaxNode, notes: Notes): Term {
  const inner = argument.name === 'MatrixSelector' ? argument.getChild('VectorSelector') : argument;
  if (inner === null || inner.name !== 'VectorSelector') throw new PromqlFault(`${name}: one series`, argument.from);
  const term = select(readSelector(inner, notes.text), notes);
  const perSecond = name === 'rate' || name === 'irate';
  return (reading) =>
    vectorOf(term(reading)).flatMap((sample): Element[] => {
      const growth = reading.counters.growth(sample);
      if (growth === undefined) return [];
      const value = perSecond ? growth.grown / growth.seconds : growth.grown;
      return [{ name: '', labels: sample.labels, value }];
    });
}

function vectorOf(value: Value): readonly Element[] {
  return typeof value === 'number' ? [{ name: '', labels: new Map(), value }] : value;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') found.push(child);
  return found;
}

function only(node: SyntaxNode): SyntaxNode {
  const [one, ...more] = children(node);
  if (one === undefined || more.length > 0) throw new PromqlFault('syntax', node.from);
  return one;
}

const durations: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** A number, or a duration in seconds: `0.5`, `1e9`, `0x1f`, `Inf`, `5m`. */
function readLiteral(text: string, at: number): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain === 'inf') return Infinity;
  if (plain === 'nan') return Number.NaN;
  const number = Number(plain);
  if (!Number.isNaN(number)) return number;
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/gu)];
  if (parts.map(([all]) => all).join('') !== plain) throw new PromqlFault('number', at);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (durations[unit ?? ''] ?? 0), 0);
}
