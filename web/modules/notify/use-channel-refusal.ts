import type { Channel } from '#contract/notify.ts';
import { useRefusal } from '#web/shell/session.ts';

/** Why I may not change a channel: an administrator keeps all, everybody their own. */
export function useChannelRefusal(channel: Channel | undefined, me: string): string | undefined {
  const all = useRefusal('notify.write');
  const own = useRefusal('notify.own');
  return channel?.own === true && channel.personId === me ? own : all;
}
