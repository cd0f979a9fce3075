import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { api, type Api } from './api.ts';
import { refusalBody, type RefusalBody } from './refusal.ts';
import type { Language } from './words.ts';

export type Client = ContractRouterClient<Api>;

export interface ClientOptions {
  /** The server's address without `/api`, such as `http://127.0.0.1:7700`. */
  readonly url: string;
  /** A session or API token; browsers leave it out and send their cookie. */
  readonly token?: () => string | undefined;
  /** The language of sentences in the answers. */
  readonly language?: () => Language | undefined;
}

/** The typed client of the whole contract; web, cli and tests all use it. */
export function createClient(options: ClientOptions): Client {
  const link = new OpenAPILink(api, {
    url: `${options.url}/api`,
    headers: () => {
      const token = options.token?.();
      const language = options.language?.();
      return {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      };
    },
  });
  return createORPCClient<Client>(link);
}

/** The refusal inside an error that a request threw, or null when it was something else (the line was cut, a bug). */
export function refusalOf(error: unknown): RefusalBody | null {
  if (!(error instanceof ORPCError)) return null;
  const parsed = refusalBody.safeParse(error.toJSON());
  return parsed.success ? parsed.data : null;
}
