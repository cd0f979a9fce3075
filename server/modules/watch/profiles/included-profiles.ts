/** A profile as far as what it includes goes. */
export interface Including {
  readonly id: string;
  readonly includes: readonly string[];
}

/** A profile and all that come with it, nearest first; each once. A circle in the data ends where it began. */
export function withIncluded(profiles: readonly Including[], id: string): string[] {
  const byId = new Map(profiles.map((each) => [each.id, each]));
  const found = new Set<string>();
  const open = [id];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byId.get(next)?.includes ?? []));
  }
  return [...found];
}

/** A profile and all that bring it along. */
export function withIncluding(profiles: readonly Including[], id: string): string[] {
  return profiles.map((each) => each.id).filter((each) => withIncluded(profiles, each).includes(id));
}

/** Whether a profile would include itself if it included these. */
export function makesCircle(profiles: readonly Including[], id: string, includes: readonly string[]): boolean {
  return includes.some((included) => withIncluded(profiles, included).includes(id));
}
