import type { SyntaxNode } from '@lezer/common';
import { compilePattern } from '../web/safe-pattern.ts';
import { PromqlFault } from './promql-fault.ts';
import type { Labels } from './series.ts';

/** A metric and conditions on its labels: `node_load1`, `up{job=~"web|db"}`. */
export interface Selector {
  readonly name: string;
  fits(labels: Labels): boolean;
}

type Condition = (labels: Labels) => boolean;

/** Reads a selector of the grammar's tree. Throws {@link PromqlFault}. */
export function readSelector(node: SyntaxNode, text: string): Selector {
  const identifier = node.getChild('Identifier');
  let name = identifier === null ? '' : text.slice(identifier.from, identifier.to);
  const conditions: Condition[] = [];
  const matchers = node.getChild('LabelMatchers');
  for (let each = matchers?.firstChild ?? null; each !== null; each = each.nextSibling) {
    const { label, operator, value } = readMatcher(each, text);
    if (label === '__name__' && operator === '=' && name === '') name = value;
    else conditions.push(conditionOf(label, operator, value, each.from));
  }
  if (name === '') throw new PromqlFault('a selector needs a metric name', node.from);
  return { name, fits: (labels) => conditions.every((holds) => holds(labels)) };
}

function readMatcher(node: SyntaxNode, text: string): { label: string; operator: string; value: string } {
  const label = node.getChild('LabelName') ?? node.getChild('QuotedLabelName');
  const operator = node.getChild('MatchOp');
  const value = node.getChild('StringLiteral');
  if (label === null || operator === null || value === null) throw new PromqlFault('label matcher', node.from);
  const name = text.slice(label.from, label.to);
  return {
    label: name.startsWith('"') ? readString(name) : name,
    operator: text.slice(operator.from, operator.to),
    value: readString(text.slice(value.from, value.to)),
  };
}

/** A string as Go writes it: in double or single quotes with escapes, in backquotes without. */
function readString(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  return inner.replaceAll(/\\(.)/gu, (_all, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}

function conditionOf(label: string, operator: string, value: string, at: number): Condition {
  switch (operator) {
    case '=':
      return (labels) => (labels.get(label) ?? '') === value;
    case '!=':
      return (labels) => (labels.get(label) ?? '') !== value;
    default: {
      const pattern = patternOf(value, at);
      return (labels) => pattern.isWhole(labels.get(label) ?? '') === (operator === '=~');
    }
  }
}

function patternOf(value: string, at: number): ReturnType<typeof compilePattern> {
  try {
    return compilePattern(value);
  } catch {
    throw new PromqlFault('pattern', at);
  }
}
