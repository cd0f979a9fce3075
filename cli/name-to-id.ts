import { requestList } from '#contract/request-list.ts';
import { z } from 'zod';
import { callRequest } from './call-request.ts';
import type { Context } from './context.ts';
import { listOfKind } from './request-fields.ts';
import { propertiesOf, schemaOf } from './schema-node.ts';
import { UsageFault } from './usage-fault.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const answer = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string().optional(),
      title: z.string().optional(),
      number: z.number().optional(),
      mail: z.string().optional(),
    }),
  ),
});
type Item = z.infer<typeof answer>['items'][number];

function isCalled({ name, title, number, mail }: Item, wanted: string): boolean {
  const names = [name, title, mail, number === undefined ? undefined : String(number)];
  return names.some((one) => one?.toLowerCase() === wanted.toLowerCase());
}

async function itemsOf(context: Context, list: string, wanted: string): Promise<readonly Item[]> {
  const entry = requestList.find(({ name }) => name === list);
  if (entry === undefined) return [];
  const fields = propertiesOf(schemaOf(entry.input, 'input'));
  const isNumber = /^\d+$/u.test(wanted);
  const input = {
    ...(fields.has('search') && !isNumber && { search: wanted }),
    ...(fields.has('limit') && { limit: 500 }),
  };
  return answer.parse(await callRequest(context.client, list, input, context.signal)).items;
}

/**
 * Turns what a person calls a thing (its name, title, mail address or number, with or without #) into its id.
 * @throws UsageFault when nothing is called so, or several things are.
 */
export async function nameToId(context: Context, list: string, typed: string): Promise<string> {
  if (uuid.test(typed)) return typed;
  const wanted = typed.replace(/^#/u, '');
  const found = (await itemsOf(context, list, wanted)).filter((item) => isCalled(item, wanted));
  const [only] = found;
  if (only === undefined) throw new UsageFault(context.texts.notFound(typed));
  if (found.length > 1) throw new UsageFault(context.texts.several(typed, found.map(({ id }) => id).join(', ')));
  return only.id;
}

/** Reads `host:web1` into the reference of a thing. */
export async function thingToRef(context: Context, typed: string): Promise<{ kind: string; id: string }> {
  const [, kind = '', name = ''] = /^([a-z]+):(.+)$/u.exec(typed) ?? [];
  const list = listOfKind(kind);
  if (list === undefined) throw new UsageFault(context.texts.notAThing(typed));
  return { kind, id: await nameToId(context, list, name) };
}
