import { Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { nowMs } from '#web/ui/clock.ts';
import { useUi } from '#web/ui/words.ts';
import { useWatchTexts } from './watch-texts.ts';

const durationMs = {
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
  '7d': 604_800_000,
} as const;
type Length = keyof typeof durationMs;

function isLength(word: string): word is Length {
  return Object.hasOwn(durationMs, word);
}

/** Withholds alerts of checks for a while, with a reason for the next operator. */
export function SilenceDialog({ checkIds, onClose }: { checkIds: readonly string[]; onClose: () => void }) {
  const texts = useWatchTexts();
  const { words } = useUi();
  const [length, setLength] = useState<Length>('1h');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const silence = useMutation({
    mutationFn: () => {
      const until = new Date(nowMs() + durationMs[length]).toISOString();
      return Promise.all(checkIds.map((checkId) => client.watch.silences.create({ checkId, reason, until })));
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.watch.key() });
      onClose();
    },
  });
  const submit = (): void => {
    setTried(true);
    if (reason.trim() !== '') silence.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{texts.silence.title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div>{texts.silence.lead}</div>
        <NativeSelect
          label={texts.silence.duration}
          value={length}
          data={Object.entries(texts.silence.durations).map(([value, label]) => ({ value, label }))}
          onChange={(event) => isLength(event.currentTarget.value) && setLength(event.currentTarget.value)}
        />
        <TextInput
          label={texts.silence.reason}
          description={texts.silence.reasonHelp}
          value={reason}
          maxLength={500}
          data-autofocus
          error={tried && reason.trim() === '' ? texts.silence.reasonNeeded : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {silence.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(silence.error).text}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
          <ActionButton main submit busy={silence.isPending}>
            {texts.silence.submit}
          </ActionButton>
        </Group>
      </form>
    </Modal>
  );
}
