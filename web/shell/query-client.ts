import { MutationCache, QueryCache, QueryClient, type QueryExecuteOptions, type QueryKey } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { refusalOf } from '#contract/client.ts';
import { sentenceOf } from './refusal-sentence.ts';

type Listener = () => void;
let onSignedOut: Listener = () => undefined;

/** What happens when an answer says that the session has ended; the router sets it. */
export function whenSignedOut(listener: Listener): void {
  onSignedOut = listener;
}

function noticeSignedOut(error: unknown): boolean {
  if (refusalOf(error)?.code !== 'signed_out') return false;
  onSignedOut();
  return true;
}

/**
 * What the screens hold of the server's data. Live events say when something is old, so nothing is fetched again on a
 * timer; what a refused action says is shown as a notice unless the action shows it itself (`meta: { quiet: true }`).
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => void noticeSignedOut(error) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      if (noticeSignedOut(error) || mutation.meta?.['quiet'] === true) return;
      notifications.show({ message: sentenceOf(error).text, color: 'pink', autoClose: 10_000, role: 'alert' });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // A refusal will not change by asking again; a cut line might.
      retry: (count, error) => refusalOf(error) === null && count < 2,
    },
  },
});

/**
 * What a route's loader does with the query its page shows: waits for it the first time, and lets the page show what is
 * held already at once every other time (it is renewed underneath when it is old).
 */
export function ready<Fetched, Failure = Error, Data = Fetched, Held = Fetched, Key extends QueryKey = QueryKey>(
  options: QueryExecuteOptions<Fetched, Failure, Data, Held, Key>,
): Promise<Data> {
  return queryClient.query({ ...options, staleTime: 'static' });
}
