import { Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Service } from '#contract/estate.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { folded } from '#web/ui/list/column.ts';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { personsQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';

/** A longer list of names is searched, not read. */
const mostShown = 100;

const usersQuery = (id: string) =>
  queryOptions({
    queryKey: [...api.estate.services.users.key(), id],
    queryFn: () => allPages((after) => client.estate.services.users({ id, limit: 500, ...(after && { after }) })),
  });

/** Who uses a service, and the dialog to choose them. */
export function ServiceUsers({ service }: { service: Service }) {
  const texts = useEstateTexts();
  const refusal = useRefusal('estate.write');
  const users = useQuery(usersQuery(service.id)).data;
  const [choosing, setChoosing] = useState(false);
  return (
    <Section
      title={texts.users}
      aside={
        <ActionButton refusal={refusal} onClick={() => setChoosing(true)}>
          {texts.usersEdit}
        </ActionButton>
      }
    >
      {users?.length === 0 && <p className="v-quiet v-estate-none">{texts.usersNone}</p>}
      <ul className="v-estate-people">
        {users?.slice(0, mostShown).map((user) => (
          <li key={user.id}>{user.name}</li>
        ))}
      </ul>
      {users !== undefined && users.length > mostShown && (
        <p className="v-quiet">{texts.andMore(users.length - mostShown)}</p>
      )}
      {choosing && users !== undefined && (
        <ChooseUsers service={service} users={users.map((user) => user.id)} onClose={() => setChoosing(false)} />
      )}
    </Section>
  );
}

interface ChooseUsersProps {
  service: Service;
  users: readonly string[];
  onClose: () => void;
}

function ChooseUsers({ service, users, onClose }: ChooseUsersProps) {
  const texts = useEstateTexts();
  const { words } = useUi();
  const persons = useQuery(personsQuery()).data ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(users));
  const [search, setSearch] = useState('');
  const save = useMutation(
    api.estate.services.setUsers.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.estate.key() });
        onClose();
      },
    }),
  );
  const found = persons.filter((person) => folded(`${person.name} ${person.mail}`).includes(folded(search.trim())));
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{texts.users}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <TextInput
        aria-label={texts.usersSearch}
        placeholder={texts.usersSearch}
        value={search}
        data-autofocus
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className="v-estate-choose">
        {found.slice(0, mostShown).map((person) => (
          <Checkbox
            key={person.id}
            label={person.name}
            description={person.mail}
            checked={chosen.has(person.id)}
            onChange={(event) => toggle(person.id, event.currentTarget.checked)}
          />
        ))}
        {found.length > mostShown && <p className="v-quiet">{texts.andMore(found.length - mostShown)}</p>}
      </div>
      <Group justify="flex-end" gap={8}>
        <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        <ActionButton
          main
          busy={save.isPending}
          onClick={() => save.mutate({ id: service.id, personIds: [...chosen] })}
        >
          {texts.usersSave}
        </ActionButton>
      </Group>
    </Modal>
  );
}
