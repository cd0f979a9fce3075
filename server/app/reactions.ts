import type { Reactions } from '#platform/jobs.ts';
import type { ReactionNames } from '#platform/outbox.ts';
import type { Modules } from './modules.ts';

/**
 * What follows from each fact, module by module. A reaction's name is `module.verb`; it never changes once facts with
 * it may be waiting. The names stand apart because facts are published before all modules exist.
 */
const names = {} as const satisfies Partial<Record<string, readonly string[]>>;

export const reactionsTo: ReactionNames = (fact) => (names as Partial<Record<string, readonly string[]>>)[fact] ?? [];

/** The code behind the names. */
export function createReactions(_modules: Modules): Reactions {
  return {};
}
