import { isDeepStrictEqual } from 'node:util';
import type { Importance } from '#contract/profile.ts';
import type { Rule, Sensitivity } from '#contract/rule.ts';

/** What a check has from its profile, if it does not hold something of its own. */
export interface Inheritable {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly intervalMs: number;
  readonly rules: readonly Rule[];
  readonly sensitivity: Sensitivity;
  readonly importance: Importance;
}

const plainFields = ['name', 'intervalSeconds', 'importance', 'rules', 'sensitivity'] as const;
const settingsPrefix = 'settings.';

/** The value at a path such as `name`, `intervalSeconds` or `settings.port`. */
export function fieldAt(from: Inheritable, path: string): unknown {
  if (path === 'intervalSeconds') return from.intervalMs / 1_000;
  if (path === 'name' || path === 'importance' || path === 'rules' || path === 'sensitivity') return from[path];
  return from.settings[path.slice(settingsPrefix.length)];
}

/** Every path that a check may inherit or hold of its own. */
export function inheritablePaths(check: Inheritable, item: Inheritable): string[] {
  const names = new Set([...Object.keys(item.settings), ...Object.keys(check.settings)]);
  return [...plainFields, ...[...names].map((name) => `${settingsPrefix}${name}`)];
}

/** The paths in which a check differs from its item: what it holds of its own. */
export function ownPaths(check: Inheritable, item: Inheritable): string[] {
  return inheritablePaths(check, item).filter((path) => !isDeepStrictEqual(fieldAt(check, path), fieldAt(item, path)));
}

/** The check as its item has it, but for the fields at the paths that it holds of its own. */
export function inherit(check: Inheritable, item: Inheritable, own: readonly string[]): Inheritable {
  const mine = new Set(own);
  const from = (path: string): Inheritable => (mine.has(path) ? check : item);
  const settings = inheritablePaths(check, item).flatMap((path) => {
    if (!path.startsWith(settingsPrefix)) return [];
    const value = fieldAt(from(path), path);
    return value === undefined ? [] : [[path.slice(settingsPrefix.length), value] as const];
  });
  return {
    name: from('name').name,
    intervalMs: from('intervalSeconds').intervalMs,
    rules: from('rules').rules,
    sensitivity: from('sensitivity').sensitivity,
    importance: from('importance').importance,
    settings: Object.fromEntries(settings),
  };
}
