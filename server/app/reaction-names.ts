import type { FactName } from '#contract/facts.ts';

/**
 * Which reactions follow from each fact. A reaction's name is `module.verb`; it never changes once facts with it may be
 * waiting. The names stand apart from their code because facts are published by modules that are built before it.
 */
const names: { readonly [Name in FactName]?: readonly string[] } = {};

/** The names of the reactions to a fact. */
export function reactionsTo(fact: FactName): readonly string[] {
  return names[fact] ?? [];
}
