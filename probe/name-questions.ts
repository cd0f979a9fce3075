import { Resolver } from 'node:dns/promises';
import { z } from 'zod';
import type { CheckContext } from './check-kind.ts';
import { resolveAllowed } from './open-connection.ts';

/** What a question about a name brought. `failed` is no answer at all, or none that can be believed. */
export type NameAnswer<Value> =
  | { readonly kind: 'found'; readonly values: readonly Value[] }
  | { readonly kind: 'noName' | 'noRecord' }
  | { readonly kind: 'failed'; readonly code: string };

/** A host that takes mail for a domain. */
export interface Exchanger {
  readonly priority: number;
  readonly exchange: string;
}

/** Settings: the name server to ask; empty asks those of the machine. */
export const nameServerField = z
  .string()
  .max(60)
  .regex(/^[0-9a-fA-F.:]*$/u)
  .default('');

/** Questions of one run to one name server. Disposing gives up what is still open. */
export class NameQuestions implements Disposable {
  readonly #resolver: Resolver;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;

  private constructor(resolver: Resolver, context: CheckContext) {
    this.#resolver = resolver;
    this.#signal = context.signal;
    // c-ares spaces its tries as it likes; the deadline is ours.
    this.#timer = setTimeout(this.#cancel, context.timeoutMs);
    context.signal.addEventListener('abort', this.#cancel);
  }

  /** Throws ConnectionFailure when the server may not be asked. The machine's own servers need no leave. */
  static async open(server: string, port: number, context: CheckContext): Promise<NameQuestions> {
    const timeout = Math.max(200, Math.floor(context.timeoutMs / 3));
    const resolver = new Resolver({ timeout, tries: 2, maxTimeout: context.timeoutMs });
    if (server !== '') {
      const [found] = await resolveAllowed(server, context.clock.nowMs() + context.timeoutMs, context);
      const address = found?.address ?? server;
      resolver.setServers([found?.family === 6 ? `[${address}]:${port}` : `${address}:${port}`]);
    }
    return new NameQuestions(resolver, context);
  }

  /** TXT records, the parts of each joined. */
  texts(name: string): Promise<NameAnswer<string>> {
    return answerOf(async () => (await this.#resolver.resolveTxt(name)).map((parts) => parts.join('')));
  }

  /** IPv4 addresses. */
  addresses(name: string): Promise<NameAnswer<string>> {
    return answerOf(() => this.#resolver.resolve4(name));
  }

  /** Addresses of both families; `noName` only when neither is there. */
  async anyAddresses(name: string): Promise<NameAnswer<string>> {
    const [v4, v6] = await Promise.all([this.addresses(name), answerOf(() => this.#resolver.resolve6(name))]);
    const values = [v4, v6].flatMap((each) => (each.kind === 'found' ? each.values : []));
    if (values.length > 0) return { kind: 'found', values };
    return v4.kind === 'failed' || v4.kind === 'noName' ? v4 : v6;
  }

  /** Hosts that take mail, the preferred first. */
  exchangers(name: string): Promise<NameAnswer<Exchanger>> {
    return answerOf(async () => (await this.#resolver.resolveMx(name)).toSorted((a, b) => a.priority - b.priority));
  }

  /** Whether the name is an alias of another. */
  aliases(name: string): Promise<NameAnswer<string>> {
    return answerOf(() => this.#resolver.resolveCname(name));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#cancel);
    this.#resolver.cancel();
  }

  readonly #cancel = (): void => this.#resolver.cancel();
}

async function answerOf<Value>(ask: () => Promise<Value[]>): Promise<NameAnswer<Value>> {
  try {
    const values = await ask();
    return values.length === 0 ? { kind: 'noRecord' } : { kind: 'found', values: values.slice(0, 100) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    if (code === 'ENOTFOUND') return { kind: 'noName' };
    if (code === 'ENODATA') return { kind: 'noRecord' };
    return { kind: 'failed', code };
  }
}
