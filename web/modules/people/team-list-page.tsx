import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Team } from '#contract/on-call.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { personsQuery, teamsQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './on-call.css';

const again = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.people.teams.key() });

/** Teams and their members. */
export function TeamListPage() {
  const { onCall, sections: words } = usePeopleTexts();
  const texts = onCall.team;
  const teams = useSuspenseQuery(teamsQuery).data.items;
  const refusal = useRefusal('people.write');
  const sections = useSections();
  const [name, setName] = useState('');
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.people.teams.create({ name }),
    onSuccess: async () => {
      setName('');
      await again();
    },
  });
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
      </header>
      <SectionTabs label={words.label} tabs={sections} />
      <div className="v-on-call">
        {teams.length === 0 && <p className="v-quiet">{texts.empty}</p>}
        <ul className="v-rotas">
          {teams.map((team) => (
            <TeamCard key={team.id} team={team} />
          ))}
        </ul>
        <form
          className="v-cover-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') add.mutate();
          }}
        >
          <TextInput
            label={texts.name}
            value={name}
            maxLength={100}
            error={add.isError ? sentenceOf(add.error).text : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ActionButton submit busy={add.isPending} refusal={refusal}>
            {texts.new}
          </ActionButton>
        </form>
      </div>
    </section>
  );
}

function TeamCard({ team }: { team: Team }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.team;
  const refusal = useRefusal('people.write');
  const [removing, setRemoving] = useState(false);
  const persons = useSuspenseQuery(personsQuery).data.filter(({ active, role }) => active && role !== 'requester');
  const { id, name, members } = team;
  const memberIds = members.map((member) => member.id);
  const set = async (ids: readonly string[]): Promise<void> => {
    await spoken(client.people.teams.change({ id, memberIds: [...ids] }));
    await again();
  };
  const remove = async (): Promise<void> => {
    await spoken(client.people.teams.remove({ id }));
    await again();
  };
  return (
    <li>
      <h2>
        {name}{' '}
        <IconAct
          label={`${texts.remove} – ${name}`}
          icon={<IconTrash size={14} />}
          refusal={refusal}
          onClick={() => setRemoving(true)}
        />
      </h2>
      {members.length === 0 && <p className="v-quiet">{texts.none}</p>}
      <ul className="v-layer-people" aria-label={texts.members}>
        {members.map((member) => (
          <li key={member.id}>
            <span>{member.name}</span>
            <span>
              <IconAct
                label={`${member.name} ×`}
                icon={<IconX size={13} />}
                refusal={refusal}
                onClick={() => void set(memberIds.filter((one) => one !== member.id))}
              />
            </span>
          </li>
        ))}
      </ul>
      <NativeSelect
        aria-label={`${texts.add} ${name}`}
        value=""
        disabled={refusal !== undefined}
        onChange={(event) => event.currentTarget.value !== '' && void set([...memberIds, event.currentTarget.value])}
        data={[
          { value: '', label: texts.add },
          ...persons
            .filter((person) => !memberIds.includes(person.id))
            .map((person) => ({ value: person.id, label: person.name })),
        ]}
      />
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </li>
  );
}
