import { NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { level } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { paths } from '#web/paths.ts';
import { useMineTexts } from './mine-texts.ts';

const kinds = ['incident', 'request'] as const;

type Asked = Parameters<typeof client.desk.mine.ask>[0];

function useAsking() {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: (asked: Asked) => client.desk.mine.ask(asked),
    onSuccess: async (ticket) => {
      await queryClient.invalidateQueries({ queryKey: api.desk.mine.key() });
      await navigate(paths.mineTicket(ticket.id), { replace: true });
    },
  });
}

/** Asks for help: four questions, of which one needs an answer. */
export function MineNewPage() {
  const { form } = useMineTexts();
  const categories = useQuery(api.desk.mine.categories.queryOptions({ input: {} })).data?.items ?? [];
  // Made once, so that sending again after a failure asks once.
  const [id] = useState(() => uuid());
  const [kind, setKind] = useState<(typeof kinds)[number]>('incident');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [categoryId, setCategoryId] = useState('');
  const [urgency, setUrgency] = useState('normal');
  const send = useAsking();
  const errors = formErrorsOf(send.error);
  return (
    <FormPage title={form.title}>
      <NamedForm
        nameLabel={form.subject}
        name={title}
        onName={setTitle}
        errors={{ ...errors, ...(errors['title'] === undefined ? {} : { name: errors['title'] }) }}
        saveLabel={form.send}
        busy={send.isPending}
        refusal={undefined}
        cancelTo={paths.mine()}
        onSubmit={() =>
          send.mutate({
            id,
            kind,
            title,
            text,
            urgency: level.parse(urgency),
            categoryId: categoryId === '' ? null : categoryId,
          })
        }
      >
        <NativeSelect
          label={form.kind}
          value={kind}
          data={kinds.map((value) => ({ value, label: form.kinds[value] }))}
          onChange={(event) => setKind(event.currentTarget.value === 'request' ? 'request' : 'incident')}
        />
        <Textarea
          label={form.text}
          autosize
          minRows={5}
          value={text}
          error={errors['text']}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label={form.category}
          value={categoryId}
          data={[
            { value: '', label: form.noCategory },
            ...categories.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(event) => setCategoryId(event.currentTarget.value)}
        />
        <NativeSelect
          label={form.urgency}
          value={urgency}
          data={level.options.map((value) => ({ value, label: form.urgencies[value] }))}
          onChange={(event) => setUrgency(event.currentTarget.value)}
        />
      </NamedForm>
    </FormPage>
  );
}
