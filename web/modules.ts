import { adviceFace } from './modules/advice/face.tsx';
import { deskFace } from './modules/desk/face.tsx';
import { mineFace } from './modules/desk/portal/mine-face.tsx';
import { nowFace } from './modules/now/face.tsx';
import { watchFace } from './modules/watch/face.tsx';
import { upkeepFace } from './modules/upkeep/face.tsx';
import { estateFace } from './modules/estate/face.ts';
import { logbookFace } from './modules/logbook/face.tsx';
import { reportsFace } from './modules/reports/face.tsx';
import { notifyFace } from './modules/notify/face.tsx';
import { peopleFace } from './modules/people/face.tsx';
import type { ModuleFace } from './shell/module-face.ts';

/**
 * The modules of the web client, in the order of the rail. To add one:
 *
 * 1. `web/modules/<name>/face.ts` exports a `ModuleFace` (web/shell/module-face.ts): name, letter, icon, permission,
 *    routes, and if it wants a badge in the rail, live updates, commands and findings for the palette.
 * 2. Its pages stand beside it and come by `lazy`, so that each module is a bundle of its own:
 *    `{ path: 'desk', handle, children: [{ index: true, lazy: async () => { const page = await import('./ticket-list-page.tsx'); return { Component: page.TicketListPage, loader: page.loader }; } }] }`
 * 3. A page and its loader share one query definition: `export const loader = () => ready(query)` (web/shell/query-client.ts),
 *    and in the page `useSuspenseQuery(query)`. Queries are made with `api.<module>…queryOptions` (web/shell/api.ts).
 * 4. `onLive` says what becomes old: `client.invalidateQueries({ queryKey: api.desk.key() })`.
 * 5. Addresses go into web/paths.ts, the module's word into texts/<language>/shell.ts, its own words into
 *    texts/<language>/<name>.ts, read by `useTexts({ en, fr })` (web/shell/language.tsx).
 * 6. A button whose request asks for a permission takes `refusal={useRefusal('desk.write')}` (web/shell/session.ts).
 * 7. Screens are built from web/ui: ListPage, ThingPage, FormPage with SchemaForm.
 *
 * A module never imports another one: what they share is an address in web/paths.ts, the contract, or a part of web/ui.
 */
export const modules: readonly ModuleFace[] = [
  nowFace,
  watchFace,
  deskFace,
  mineFace,
  logbookFace,
  estateFace,
  upkeepFace,
  adviceFace,
  reportsFace,
  notifyFace,
  peopleFace,
];
