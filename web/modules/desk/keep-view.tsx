import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { RowSort } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useTicketTexts } from './ticket-texts.ts';

/** Keeps what the filter says under a name, for oneself or for everybody. */
export function KeepView({ words, sort }: { words: string; sort: RowSort }) {
  const { list } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const keep = async (): Promise<void> => {
    await spoken(client.desk.views.put({ id: uuid(), name, words, sort, shared }));
    await queryClient.invalidateQueries({ queryKey: api.desk.views.key() });
    setName('');
  };
  return (
    <>
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
