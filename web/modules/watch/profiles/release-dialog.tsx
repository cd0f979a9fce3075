import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useUi } from '#web/ui/words.ts';
import { useProfileTexts } from './profile-texts.ts';
import '../watch.css';

interface ReleaseDialogProps {
  readonly title: string;
  readonly verb: string;
  readonly onConfirm: (removeChecks: boolean) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks what becomes of the checks that were made from what is taken away. */
export function ReleaseDialog({ title, verb, onConfirm, onClose }: ReleaseDialogProps) {
  const { removeItem } = useProfileTexts();
  const { words } = useUi();
  const [drop, setDrop] = useState(false);
  const confirm = useMutation({ mutationFn: () => onConfirm(drop), meta: { quiet: true }, onSuccess: onClose });
  const choices = [
    { value: false, label: removeItem.keep },
    { value: true, label: removeItem.drop },
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate();
        }}
      >
        <fieldset className="v-starters">
          <legend>{removeItem.text}</legend>
          {choices.map(({ value, label }) => (
            <label key={label} data-on={value === drop || undefined}>
              <input type="radio" name="release" checked={value === drop} onChange={() => setDrop(value)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        {confirm.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(confirm.error).text}
          </p>
        )}
        <div className="v-form-end">
          <ActionButton main submit busy={confirm.isPending}>
            {verb}
          </ActionButton>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}
