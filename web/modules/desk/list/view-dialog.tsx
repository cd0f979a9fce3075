import { Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RowSort } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormProblem } from '#web/ui/form/form-problem.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

type View = Awaited<ReturnType<typeof client.desk.views.list>>['items'][number];

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.desk.views.key() });

function put({ id, name, words, sort, shared }: View): Promise<unknown> {
  return client.desk.views.put({ id, name, words, sort, shared });
}

interface ViewDialogProps {
  readonly view: View;
  /** What the list shows now, which the view may take over. */
  readonly shown: { readonly words: string; readonly sort: RowSort };
  readonly onClose: () => void;
}

function useViewActs(view: View, onClose: () => void) {
  const { views: texts } = useWorkTexts();
  const { words } = useUi();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: put,
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const remove = useMutation({
    mutationFn: () => client.desk.views.remove({ id: view.id }),
    onSuccess: async () => {
      await refresh();
      onClose();
      offerUndo(texts.removed, words.actions.undo, async () => {
        await put(view);
        await refresh();
      });
    },
  });
  return { save, remove };
}

/** A view of one's own: renamed, shared or kept to oneself, brought up to date, or removed. */
export function ViewDialog({ view, shown, onClose }: ViewDialogProps) {
  const { views: texts } = useWorkTexts();
  const { words } = useUi();
  const [name, setName] = useState(view.name);
  const [isShared, setShared] = useState(view.shared);
  const differs = shown.words !== view.words || shown.sort !== view.sort;
  const [takes, setTakes] = useState(true);
  const { save, remove } = useViewActs(view, onClose);
  const errors = formErrorsOf(save.error);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{texts.title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ...view, ...(differs && takes ? shown : {}), name, shared: isShared });
        }}
      >
        <FormProblem text={errors['']} />
        <TextInput
          label={texts.name}
          data-autofocus
          required
          maxLength={80}
          value={name}
          error={errors['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={texts.shared}
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        {differs && (
          <Checkbox label={texts.words} checked={takes} onChange={(event) => setTakes(event.currentTarget.checked)} />
        )}
        <Group justify="space-between" gap={8}>
          <ActionButton busy={remove.isPending} onClick={() => remove.mutate()}>
            {texts.remove}
          </ActionButton>
          <Group gap={8}>
            <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
            <ActionButton main submit busy={save.isPending}>
              {texts.save}
            </ActionButton>
          </Group>
        </Group>
      </form>
    </Modal>
  );
}
