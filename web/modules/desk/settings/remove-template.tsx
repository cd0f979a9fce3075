import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';

/** Back to the list, which looks again. */
export function useTemplatesBack(to: string): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: api.desk.templates.key() });
    await navigate(to, { replace: true });
  };
}

interface RemoveTemplateProps {
  readonly id: string;
  /** The list it was in. */
  readonly to: string;
  readonly verb: string;
  /** What becomes of what was made with it. */
  readonly text: string;
}

/** Removes a canned answer or a template of one's own, after asking. */
export function RemoveTemplate({ id, to, verb, text }: RemoveTemplateProps) {
  const refusal = useRefusal('desk.write');
  const [asks, setAsks] = useState(false);
  const back = useTemplatesBack(to);
  const remove = async (): Promise<void> => {
    await spoken(client.desk.templates.remove({ id }));
    await back();
  };
  return (
    <>
      <ActionButton refusal={refusal} onClick={() => setAsks(true)}>
        {verb}
      </ActionButton>
      <ConfirmDialog opened={asks} title={verb} verb={verb} onConfirm={remove} onClose={() => setAsks(false)}>
        {text}
      </ConfirmDialog>
    </>
  );
}
