import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';

/** Fetches again what shows the changed thing, or throws the refusal as a sentence for the field at hand. */
export async function saved(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    throw new Error(sentenceOf(error).text, { cause: error });
  }
  await queryClient.invalidateQueries({ queryKey: api.estate.key() });
}

type ChangeOf<Request extends (change: never) => unknown> = Parameters<Request>[0];

export const changeHost = (change: ChangeOf<typeof client.estate.hosts.change>): Promise<void> =>
  saved(client.estate.hosts.change(change));
export const changeService = (change: ChangeOf<typeof client.estate.services.change>): Promise<void> =>
  saved(client.estate.services.change(change));
export const changeSite = (change: ChangeOf<typeof client.estate.sites.change>): Promise<void> =>
  saved(client.estate.sites.change(change));

/** After something was added, changed or removed: all that shows the estate is old. */
export const renewEstate = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.estate.key() });
