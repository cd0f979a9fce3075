import type { Reading, Term } from './promql-term.ts';
import type { Element, Value } from './vector.ts';

const simple: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sgn: Math.sign,
};

/** A call of a function that needs nothing but values; undefined when there is no such function with so many arguments. */
export function callFunction(name: string, terms: readonly Term[]): Term | undefined {
  const [first, second, third] = terms;
  const each = simple[name];
  if (name === 'time' && terms.length === 0) return ({ nowSeconds }) => nowSeconds;
  if (first === undefined) return undefined;
  if (terms.length === 1) {
    if (Object.hasOwn(simple, name) && each !== undefined) return (reading) => map(first(reading), each);
    if (name === 'absent')
      return (reading) => (isEmpty(first(reading)) ? [{ name: '', labels: new Map(), value: 1 }] : []);
    if (name === 'scalar') return (reading) => scalarOf(first(reading));
    if (name === 'vector') return (reading) => [{ name: '', labels: new Map(), value: scalarOf(first(reading)) }];
  }
  if (second !== undefined && terms.length === 2) {
    const limit = (reading: Reading): number => scalarOf(second(reading));
    if (name === 'clamp_min') return (reading) => map(first(reading), (value) => Math.max(value, limit(reading)));
    if (name === 'clamp_max') return (reading) => map(first(reading), (value) => Math.min(value, limit(reading)));
  }
  if (name === 'clamp' && second !== undefined && third !== undefined)
    return (reading) => {
      const [least, most] = [scalarOf(second(reading)), scalarOf(third(reading))];
      return map(first(reading), (value) => Math.min(most, Math.max(least, value)));
    };
  return undefined;
}

function map(value: Value, change: (value: number) => number): Value {
  if (typeof value === 'number') return change(value);
  return value.map(({ labels, value: old }): Element => ({ name: '', labels, value: change(old) }));
}

function isEmpty(value: Value): boolean {
  return typeof value !== 'number' && value.length === 0;
}

/** The only value of a vector; NaN when it has none or several, as PromQL has it. */
function scalarOf(value: Value): number {
  if (typeof value === 'number') return value;
  const [one] = value;
  return one !== undefined && value.length === 1 ? one.value : Number.NaN;
}
