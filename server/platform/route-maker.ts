import { ContractProcedure, type AnyContractRouter } from '@orpc/contract';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { implement, type AnyRouter } from '@orpc/server';
import type { RequestMeta } from '#contract/request.ts';
import type { Caller } from './caller.ts';
import { answerTo, guarded, isTold, type GuardParts } from './guard.ts';
import type { Handler, Handlers } from './handlers.ts';
import { StreamedFile } from './streamed-file.ts';

export interface RouteContext {
  readonly caller: Caller;
  /** The body is not JSON. */
  readonly unreadable: boolean;
}

/** Turns the contract and the tree of its handlers into the router of the HTTP handler. */
function routerOf(contract: AnyContractRouter, handlers: Handlers<AnyContractRouter>): AnyRouter {
  if (contract instanceof ContractProcedure) {
    // Contract and handler were matched by type where the trees were given to createRoutes.
    const handler = handlers as unknown as Handler<unknown, unknown>;
    return implement(contract)
      .$context<RouteContext>()
      .handler(({ input, context, signal }) => handler(input, context.caller, signal ?? new AbortController().signal));
  }
  const parts: readonly [string, AnyContractRouter][] = Object.entries(contract);
  return Object.fromEntries(
    parts.map(([name, part]) => [name, routerOf(part, Reflect.get(handlers, name) as Handlers<AnyContractRouter>)]),
  );
}

/** The one place where requests meet their code: every one is guarded, none can lack its permission. */
export function createRoutes<Contract extends AnyContractRouter>(
  contract: Contract,
  handlers: Handlers<Contract>,
  parts: GuardParts,
): OpenAPIHandler<RouteContext> {
  return new OpenAPIHandler<RouteContext>(routerOf(contract, handlers as Handlers<AnyContractRouter>), {
    rootInterceptors: [
      // A file that is made while it is sent goes out as a stream: the library would ask it for its size.
      async (asked) => {
        const result = await asked.next();
        if (!result.matched || !(result.response.body instanceof StreamedFile)) return result;
        const { body, status, headers } = result.response;
        return { ...result, response: { status, headers: { ...headers, ...body.headers }, body: body.stream() } };
      },
    ],
    interceptors: [
      // Around the guard: faults of finding the request or reading it, which would else be told as the library tells them.
      (asked) =>
        asked.next().catch((error: unknown) => {
          throw isTold(error) ? error : answerTo(error, asked.context.caller, asked.request.url.pathname, parts.log);
        }),
    ],
    clientInterceptors: [
      (asked) => {
        const { context, path, procedure } = asked;
        // A request without a body asks with an empty object.
        const input = asked.input ?? {};
        return guarded(
          // Every request of the contract is begun by `request()`, which gives it this meta.
          {
            caller: context.caller,
            unreadable: context.unreadable,
            meta: procedure['~orpc'].meta as unknown as RequestMeta,
            request: path.join('.'),
            input,
            next: async () => asked.next({ ...asked, input }),
          },
          parts,
        );
      },
    ],
  });
}
