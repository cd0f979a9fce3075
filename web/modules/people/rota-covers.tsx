import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Cover } from '#contract/on-call.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { coversQuery, personsQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';
import { momentIn } from './rota-days.ts';
import { ZonedTime } from './zoned-time.tsx';
import './on-call.css';

async function again(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.people.covers.key() }),
    queryClient.invalidateQueries({ queryKey: api.people.rotas.key() }),
  ]);
}

/** Who covers for whom, asked and agreed. */
export function RotaCovers({ rotaId, zone }: { rotaId: string; zone: string }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.covers;
  const covers = useQuery(coversQuery).data?.items.filter((cover) => cover.rotaId === rotaId) ?? [];
  return (
    <Section title={texts.title}>
      {covers.length === 0 && <p className="v-quiet">{texts.none}</p>}
      <ul className="v-covers">
        {covers.map((cover) => (
          <CoverRow key={cover.id} cover={cover} zone={zone} />
        ))}
      </ul>
      <CoverForm rotaId={rotaId} zone={zone} />
    </Section>
  );
}

function CoverRow({ cover, zone }: { cover: Cover; zone: string }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.covers;
  const me = useMe();
  const keeps = me.permissions.includes('people.write');
  const mine = cover.person.id === me.person.id;
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: again });
  return (
    <li>
      <strong>{cover.person.name}</strong>
      <span>
        <ZonedTime at={cover.from} zone={zone} /> – <ZonedTime at={cover.until} zone={zone} />
      </span>
      <span className="v-quiet">{texts.states[cover.state]}</span>
      <span className="v-quiet">{texts.by(cover.askedBy.name)}</span>
      {cover.note !== '' && <span>{cover.note}</span>}
      <span className="v-cover-acts">
        {cover.state === 'asked' && (mine || keeps) && (
          <>
            <ActionButton
              main
              onClick={() => act.mutate(() => client.people.covers.answer({ id: cover.id, accept: true }))}
            >
              {texts.accept}
            </ActionButton>
            <ActionButton
              onClick={() => act.mutate(() => client.people.covers.answer({ id: cover.id, accept: false }))}
            >
              {texts.refuse}
            </ActionButton>
          </>
        )}
        {(mine || keeps || cover.askedBy.id === me.person.id) && (
          <ActionButton onClick={() => act.mutate(() => client.people.covers.withdraw({ id: cover.id }))}>
            {texts.withdraw}
          </ActionButton>
        )}
      </span>
    </li>
  );
}

function CoverForm({ rotaId, zone }: { rotaId: string; zone: string }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.covers;
  const me = useMe().person.id;
  const refusal = useRefusal('people.cover');
  const persons = useQuery(personsQuery).data?.filter(({ active, role }) => active && role !== 'requester') ?? [];
  const [draft, setDraft] = useState({ personId: me, from: '', until: '', note: '' });
  const ask = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      client.people.covers.ask({
        rotaId,
        personId: draft.personId,
        from: momentIn(zone, draft.from).toISOString(),
        until: momentIn(zone, draft.until).toISOString(),
        note: draft.note,
      }),
    onSuccess: async () => {
      setDraft({ ...draft, from: '', until: '', note: '' });
      await again();
    },
  });
  const set = (change: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...change }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.from !== '' && draft.until !== '') ask.mutate();
      }}
    >
      <div className="v-cover-form">
        <NativeSelect
          label={texts.take}
          value={draft.personId}
          onChange={(event) => set({ personId: event.currentTarget.value })}
          data={persons.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          type="datetime-local"
          label={texts.from}
          value={draft.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={texts.until}
          value={draft.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
        <TextInput
          label={texts.note}
          value={draft.note}
          maxLength={500}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <ActionButton submit busy={ask.isPending} refusal={refusal}>
          {texts.ask}
        </ActionButton>
      </div>
      <p className="v-quiet">{onCall.zone(zone)}</p>
      {ask.isError && (
        <p className="v-problem-text" role="alert">
          {sentenceOf(ask.error).text}
        </p>
      )}
    </form>
  );
}
