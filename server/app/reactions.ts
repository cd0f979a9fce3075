import type { Reactions } from '#platform/jobs.ts';
import type { Modules } from './modules.ts';

/** What follows from each fact: the code behind the names of reaction-names.ts. */
export function createReactions(_modules: Modules): Reactions {
  return {};
}
