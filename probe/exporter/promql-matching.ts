import type { SyntaxNode } from '@lezer/common';
import type { Matching } from './vector.ts';

/** Reads `on(…)`, `ignoring(…)`, `group_left(…)` and `group_right(…)`; undefined when there is none. */
export function readMatching(clause: SyntaxNode | undefined, text: string): Matching | undefined {
  if (clause === undefined) return undefined;
  const words = (node: SyntaxNode | undefined): string[] =>
    (node?.getChildren('LabelName') ?? []).map((each) => text.slice(each.from, each.to));
  const left = clause.getChild('GroupLeft');
  const right = clause.getChild('GroupRight');
  const lists = clause.getChildren('GroupingLabels');
  const isOn = clause.getChild('On') !== null;
  const group = left === null ? (right === null ? 'none' : 'right') : 'left';
  // The list behind the group word is the second; the first belongs to on or ignoring.
  const compared = words(lists[0]);
  return { on: isOn ? compared : undefined, ignoring: isOn ? [] : compared, group, taken: words(lists[1]) };
}
