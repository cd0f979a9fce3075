import { Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconTag } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ThingRef } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import type { BulkAction } from '#web/ui/list/list-page.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { useEstateTexts } from './estate-texts.ts';
import { renewEstate } from './save-thing.ts';
import { tagChanges, tagWords, undoneChanges, type TagChange, type Tagged } from './tag-changes.ts';

async function send(changes: readonly TagChange[]): Promise<void> {
  for (const change of changes) await client.estate.tags.change(change);
}

interface Row {
  readonly id: string;
  readonly tags: readonly string[];
}

/** Tags many things of a list at once: what stands in its bar, and the dialog that asks which. */
export function useBulkTags(kind: ThingRef['kind']): { bulk: readonly BulkAction<Row>[]; dialog: ReactNode } {
  const { tagging } = useEstateTexts();
  const refusal = useRefusal('estate.write');
  const [rows, setRows] = useState<readonly Row[]>();
  const tag: BulkAction<Row> = {
    name: 'tags',
    title: tagging.action,
    icon: <IconTag size={15} />,
    run: setRows,
    refusal: () => refusal,
  };
  return {
    bulk: [tag],
    dialog: rows !== undefined && (
      <TagDialog things={rows.map(({ id, tags }) => ({ kind, id, tags }))} onClose={() => setRows(undefined)} />
    ),
  };
}

interface TagDialogProps {
  readonly things: readonly Tagged[];
  readonly onClose: () => void;
}

function useTagging({ things, onClose }: TagDialogProps) {
  const { tagging } = useEstateTexts();
  const { words } = useUi();
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ add, remove }: { add: readonly string[]; remove: readonly string[] }) =>
      send(tagChanges(things, add, remove)),
    onSuccess: (_none, { add, remove }) => {
      onClose();
      offerUndo(tagging.done(things.length), words.actions.undo, () =>
        send(undoneChanges(things, add, remove)).then(renewEstate),
      );
    },
    onSettled: renewEstate,
  });
}

function TagDialog(props: TagDialogProps) {
  const { things, onClose } = props;
  const { tagging } = useEstateTexts();
  const { words } = useUi();
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState('');
  const [tried, setTried] = useState(false);
  const known = useQuery(api.estate.tags.list.queryOptions({ input: {} })).data?.items ?? [];
  const tagged = useTagging(props);
  const asked = { add: tagWords(add), remove: tagWords(remove) };
  const isEmpty = asked.add.length === 0 && asked.remove.length === 0;
  const carried = [...new Set(things.flatMap(({ tags }) => tags))].toSorted();
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{tagging.title(things.length)}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!isEmpty) tagged.mutate(asked);
        }}
      >
        <TextInput
          label={tagging.add}
          description={known.length === 0 ? tagging.help : tagging.known(named(known.map(({ tag }) => tag)))}
          value={add}
          maxLength={500}
          data-autofocus=""
          onChange={(event) => setAdd(event.currentTarget.value)}
        />
        <TextInput
          label={tagging.remove}
          description={carried.length === 0 ? tagging.none : tagging.carried(named(carried))}
          value={remove}
          maxLength={500}
          onChange={(event) => setRemove(event.currentTarget.value)}
        />
        {tried && isEmpty && <p className="v-problem-text">{tagging.nothing}</p>}
        {tagged.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(tagged.error).text}
          </p>
        )}
        <div className="v-form-end">
          <ActionButton main submit busy={tagged.isPending}>
            {tagging.submit}
          </ActionButton>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}

const mostNamed = 20;

function named(tags: readonly string[]): string {
  return tags.slice(0, mostNamed).join(' ') + (tags.length > mostNamed ? ' …' : '');
}
