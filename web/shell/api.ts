import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { createClient } from '#contract/client.ts';
import { currentLanguage } from './language.tsx';

/** The typed client of the contract; the browser's cookie says who asks. */
export const client = createClient({ url: location.origin, language: currentLanguage });

/**
 * One query definition per request, shared by a route's loader and its page:
 * `api.watch.checks.get.queryOptions({ input: { id } })`.
 */
export const api = createTanstackQueryUtils(client);
