import { api } from '#web/shell/api.ts';

export const channelsQuery = api.notify.channels.list.queryOptions({ input: {} });

export const mailServerQuery = api.notify.mailServer.get.queryOptions({ input: {} });

/** The newest 500 notices; a channel's own stand on its page. */
export const deliveriesQuery = api.notify.deliveries.queryOptions({ input: { limit: 500 } });

export const channelDeliveriesQuery = (channelId: string) =>
  api.notify.deliveries.queryOptions({ input: { channelId, limit: 30 } });
