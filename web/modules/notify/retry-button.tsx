import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import type { Delivery } from '#contract/notify.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { IconAct } from '#web/ui/icon-act.tsx';
import { useNotifyTexts } from './notify-texts.ts';

/** Has a notice that failed or waits tried again now; nothing where there is nothing to try. */
export function RetryButton({ delivery }: { delivery: Delivery }) {
  const { deliveries: texts } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const retry = useMutation(
    api.notify.retry.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: texts.retried });
        await queryClient.invalidateQueries({ queryKey: api.notify.deliveries.key() });
      },
    }),
  );
  if (delivery.state !== 'failed' && delivery.state !== 'waiting') return null;
  return (
    <IconAct
      label={`${texts.retry} – ${delivery.subject}`}
      icon={<IconRefresh size={14} />}
      refusal={refusal}
      idle={retry.isPending}
      onClick={() => retry.mutate({ id: delivery.id })}
    />
  );
}
