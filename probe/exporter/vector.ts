import type { Labels } from './series.ts';

/** One value of an instant vector. The name of the metric is kept until something is computed from it. */
export interface Element {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** What an expression is worth: one number, or a number for each of several series. */
export type Value = number | readonly Element[];

/** How the elements of two vectors find each other. */
export interface Matching {
  /** Compare these labels only; all but `ignoring` when undefined. */
  readonly on: readonly string[] | undefined;
  readonly ignoring: readonly string[];
  readonly group: 'none' | 'left' | 'right';
  /** Labels taken over from the single side. */
  readonly taken: readonly string[];
}

/** The part of the labels by which elements are compared, as one text. */
export function signature(labels: Labels, { on, ignoring }: Pick<Matching, 'on' | 'ignoring'>): string {
  const parts: string[] = [];
  if (on === undefined) {
    for (const [name, value] of labels) if (!ignoring.includes(name)) parts.push(`${name}\0${value}`);
    if (parts.length > 1) parts.sort();
  } else for (const name of on) parts.push(labels.get(name) ?? '');
  return parts.join('\u0001');
}

/** The labels that are left when only some are kept, or some are dropped. */
export function reduceLabels(labels: Labels, keep: readonly string[] | undefined, drop: readonly string[]): Labels {
  const kept = [...labels].filter(([name]) => (keep === undefined ? !drop.includes(name) : keep.includes(name)));
  return new Map(kept);
}
