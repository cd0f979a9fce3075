import type { ModuleCommand, ModuleFace } from './module-face.ts';

/** The commands of every module. */
export function useAllCommands(modules: readonly ModuleFace[]): readonly ModuleCommand[] {
  // The list of modules is fixed for the life of the page, so the hooks are always called in the same order.
  return modules.flatMap((module) => module.useCommands?.() ?? []);
}
