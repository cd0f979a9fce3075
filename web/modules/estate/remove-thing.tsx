import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useEstateTexts } from './estate-texts.ts';

interface RemoveThingProps {
  name: string;
  /** What goes with it. */
  warning: string;
  remove: () => Promise<unknown>;
  /** The list to go back to. */
  backTo: string;
}

/** Removes a thing after asking; a refusal (it is still used) is shown in the dialog. */
export function RemoveThing({ name, warning, remove, backTo }: RemoveThingProps) {
  const texts = useEstateTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('estate.write');
  const [asking, setAsking] = useState(false);
  const confirm = async (): Promise<void> => {
    try {
      await remove();
    } catch (error) {
      throw new Error(sentenceOf(error).text, { cause: error });
    }
    await navigate(backTo);
    await queryClient.invalidateQueries({ queryKey: api.estate.key() });
  };
  return (
    <>
      <ActionButton refusal={refusal} onClick={() => setAsking(true)}>
        {texts.remove}
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        title={texts.removeTitle(name)}
        verb={texts.removeVerb}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {warning}
      </ConfirmDialog>
    </>
  );
}
