import { CopyButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useCalmTexts } from '../calm/calm-texts.ts';
import '../calm/calm.css';

/** The secret address of a heartbeat check, to be copied; only for those who may change the check. */
export function HeartbeatSection({ checkId }: { checkId: string }) {
  const texts = useCalmTexts().heartbeat;
  const refusal = useRefusal('watch.write');
  const [asking, setAsking] = useState(false);
  const { data } = useQuery({
    ...api.watch.heartbeat.get.queryOptions({ input: { id: checkId } }),
    enabled: refusal === undefined,
  });
  const renew = useMutation({
    mutationFn: () => client.watch.heartbeat.renew({ id: checkId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.watch.heartbeat.key() }),
  });
  if (data === undefined) return null;
  const url = `${globalThis.location.origin}${data.path}`;
  return (
    <Section title={texts.title} aside={<ActionButton onClick={() => setAsking(true)}>{texts.renew}</ActionButton>}>
      <p className="v-quiet">{texts.lead}</p>
      <CopyText label={texts.title} value={url} />
      <p className="v-quiet">{texts.curl}</p>
      <CopyText label={texts.curl} value={`curl -fsS -m 10 --retry 3 ${url}`} />
      <p className="v-quiet">
        {data.lastAt === null ? (
          texts.never
        ) : (
          <>
            {texts.last} <Time at={data.lastAt} /> ({data.lastKind !== null && texts.kinds[data.lastKind]}){' '}
            {data.lastFrom !== '' && texts.from(data.lastFrom)} – {texts.calls(data.calls)}
          </>
        )}
      </p>
      <ConfirmDialog
        opened={asking}
        title={texts.renewTitle}
        verb={texts.renew}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await renew.mutateAsync();
        }}
      >
        {texts.renewText}
      </ConfirmDialog>
    </Section>
  );
}

function CopyText({ label, value }: { label: string; value: string }) {
  const texts = useCalmTexts().heartbeat;
  return (
    <div className="v-heartbeat-line">
      <code aria-label={label}>{value}</code>
      <CopyButton value={value} timeout={4000}>
        {({ copied, copy }) => (
          <ActionButton icon={<IconCopy size={15} />} onClick={copy}>
            {copied ? texts.copied : texts.copy}
          </ActionButton>
        )}
      </CopyButton>
    </div>
  );
}
