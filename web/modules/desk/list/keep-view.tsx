import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { RowSort } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { viewsQuery } from '../settings/settings-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { ViewDialog } from './view-dialog.tsx';
import { useWorkTexts } from '../tickets/work-texts.ts';

interface KeepViewProps {
  readonly address: {
    readonly words: string;
    readonly sort: RowSort;
    readonly viewId: string | null;
    readonly change: (next: { viewId: string | null }) => void;
  };
}

/** Keeps what the filter says under a name, for oneself or for everybody. */
export function KeepView({ address }: KeepViewProps) {
  const { words, sort, viewId } = address;
  const { list } = useTicketTexts();
  const work = useWorkTexts();
  const refusal = useRefusal('desk.write');
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const keep = async (): Promise<void> => {
    const id = uuid();
    await spoken(client.desk.views.put({ id, name, words, sort, shared }));
    address.change({ viewId: id });
    await queryClient.invalidateQueries({ queryKey: api.desk.views.key() });
    setName('');
  };
  const [changes, setChanges] = useState(false);
  const chosen = useQuery(viewsQuery).data?.find(({ id, mine }) => id === viewId && mine);
  return (
    <>
      {chosen !== undefined && (
        <ActionButton refusal={refusal} onClick={() => setChanges(true)}>
          {work.views.change}
        </ActionButton>
      )}
      {changes && chosen !== undefined && (
        <ViewDialog view={chosen} shown={{ words, sort }} onClose={() => setChanges(false)} />
      )}
      <ActionButton onClick={() => setOpened(true)} refusal={refusal}>
        {list.keepView}
      </ActionButton>
      <ConfirmDialog
        opened={opened}
        title={list.keepView}
        verb={list.keepView}
        onConfirm={keep}
        onClose={() => setOpened(false)}
      >
        <TextInput
          label={list.viewName}
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          mt="sm"
          label={list.shareView}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      </ConfirmDialog>
    </>
  );
}
