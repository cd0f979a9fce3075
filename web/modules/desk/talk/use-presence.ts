import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';

const againMs = 15_000;

/** Says that I am at a ticket for as long as it is shown, and tells who else is. */
export function usePresence(ticketId: string, writes: boolean) {
  const [device] = useState(() => crypto.randomUUID());
  const allowed = useRefusal('desk.write') === undefined;
  const doing = writes ? ('writes' as const) : ('views' as const);
  const present = useQuery({
    queryKey: [...api.desk.presence.say.key(), ticketId, device, doing],
    queryFn: () => client.desk.presence.say({ id: ticketId, device, doing }),
    refetchInterval: againMs,
    enabled: allowed,
    placeholderData: (before) => before,
    gcTime: 0,
  });
  useEffect(
    () => () => {
      if (allowed) void client.desk.presence.say({ id: ticketId, device, doing: 'leaves' }).catch(() => undefined);
    },
    [ticketId, device, allowed],
  );
  return present.data?.items ?? [];
}
