import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Params, RouteObject } from 'react-router';
import type { LiveEvent } from '#contract/house.ts';
import type { Permission } from '#contract/permission.ts';

/** The modules that have a screen, by their words in texts/<language>/shell.ts. */
export type ModuleName =
  | 'now'
  | 'watch'
  | 'desk'
  | 'mine'
  | 'logbook'
  | 'estate'
  | 'upkeep'
  | 'advice'
  | 'notify'
  | 'reports'
  | 'people';

/** Something the palette can open or do, beside the modules themselves. */
export interface ModuleCommand {
  id: string;
  label: string;
  /** Address to go to. */
  to: string;
  words?: readonly string[];
  /** A key that goes there from everywhere. */
  keys?: string;
}

/**
 * A module's face to the shell: all that a module says about itself. Plug it in with one line in web/modules.ts.
 * It is in the first bundle, so it holds no page: pages come by `lazy` in the routes.
 */
export interface ModuleFace {
  name: ModuleName;
  /** `g` and this letter go there. */
  letter: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Where its first screen is. */
  to: string;
  /** Whoever lacks it does not see the module in the rail. */
  permission: Permission;
  /** Whoever has this one does not need the module in the rail. */
  unless?: Permission;
  routes: readonly RouteObject[];
  /** Shown after the word in the rail: a quiet number, or a loud one. */
  Badge?: ComponentType;
  /** What becomes old when live events come; called with all events of a short moment. */
  onLive?: (events: readonly LiveEvent[], client: QueryClient) => void;
  /** Hook that gives the module's commands, in the reader's language. */
  useCommands?: () => readonly ModuleCommand[];
  /** Finds things for the palette; at most a handful. */
  find?: (query: string, client: QueryClient) => Promise<readonly ModuleCommand[]>;
}

/** What a route says about itself: one step of the breadcrumb. `to` is left out for the last step. */
export interface RouteHandle {
  Crumb: ComponentType<{ params: Params }>;
  to?: (params: Params) => string;
}
