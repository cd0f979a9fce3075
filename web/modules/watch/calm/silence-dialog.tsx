import { Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useUi } from '#web/ui/words.ts';
import { SilenceUntilFields, useSilenceUntil } from './silence-until.tsx';
import { useWatchTexts } from '../watch-texts.ts';

/** Withholds alerts of checks for a while, with a reason for the next operator. */
export function SilenceDialog({ checkIds, onClose }: { checkIds: readonly string[]; onClose: () => void }) {
  const texts = useWatchTexts();
  const { words } = useUi();
  const until = useSilenceUntil();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const silence = useMutation({
    mutationFn: () => {
      const end = until.read();
      if (end === undefined) return Promise.resolve([]);
      return Promise.all(checkIds.map((checkId) => client.watch.silences.create({ checkId, reason, ...end })));
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.watch.key() });
      onClose();
    },
  });
  const submit = (): void => {
    setTried(true);
    if (reason.trim() !== '' && until.read() !== undefined) silence.mutate();
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
        <SilenceUntilFields until={until} />
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
        <div className="v-form-end">
          <ActionButton main submit busy={silence.isPending}>
            {texts.silence.submit}
          </ActionButton>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}
