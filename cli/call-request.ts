import type { Client } from '#contract/client.ts';

type Call = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

// The client's branches are proxies over functions, its leaves are called.
function isCall(value: unknown): value is Call {
  return typeof value === 'function';
}

function isBranch(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Sends the request of that name, such as `desk.tickets.get`, through the typed client. */
export async function callRequest(client: Client, name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  let found: unknown = client;
  for (const part of name.split('.')) found = isBranch(found) ? Reflect.get(found, part) : undefined;
  if (!isCall(found)) throw new Error(`no request is named ${name}`);
  return found(input, { signal });
}
