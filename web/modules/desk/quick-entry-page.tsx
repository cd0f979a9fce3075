import { Checkbox, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { QuickPart } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { paths } from '#web/paths.ts';
import { adoptSheet } from './sheet-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';
import './quick-entry.css';

/** One line while somebody is on the telephone: it is understood as one types, and Enter opens the ticket. */
export function QuickEntryPage() {
  const { quick } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const navigate = useNavigate();
  const kept = useKeptText('quick entry');
  const line = kept.text;
  const [note, setNote] = useState('');
  const [take, setTake] = useState(true);
  const [id, setId] = useState(() => uuid());
  const [chosen, setChosen] = useState<Readonly<Record<number, string | null>>>({});
  const [asked] = useDebouncedValue(line, 90);
  const reading = useQuery({
    ...api.desk.quick.read.queryOptions({ input: { line: asked } }),
    enabled: asked.trim() !== '',
    placeholderData: (before) => before,
  }).data;
  const enter = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      client.desk.quick.enter({
        id,
        line,
        note,
        take,
        chosen: Object.entries(chosen).map(([from, value]) => ({ from: Number(from), value })),
      }),
    onSuccess: async (sheet) => {
      kept.drop();
      setId(uuid());
      await adoptSheet(sheet);
      notifications.show({ message: quick.opened(sheet.number) });
      await navigate(paths.ticket(sheet.id));
    },
  });
  const parts = line.trim() === '' ? [] : (reading?.parts ?? []);
  const submit = (): void => {
    if (line.trim() !== '' && refusal === undefined && !enter.isPending) enter.mutate();
  };
  return (
    <FormPage title={quick.title} lead={quick.help}>
      <title>{quick.title}</title>
      <form
        className="v-quick"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label={quick.line}
          placeholder={quick.hint}
          size="md"
          data-autofocus
          ref={field}
          autoComplete="off"
          maxLength={500}
          value={line}
          error={enter.isError ? sentenceOf(enter.error).text : undefined}
          onChange={(event) => {
            kept.change(event.currentTarget.value);
            setChosen({});
          }}
          onKeyDown={(event) => event.key === 'Escape' && void navigate(-1)}
        />
        <div className="v-quick-reading" aria-live="polite">
          {line.trim() !== '' && reading !== undefined && (
            <p className="v-quick-title">
              <span className="v-quiet">{quick.becomes}</span> <strong>{reading.title}</strong>
            </p>
          )}
          <ul className="v-quick-parts">
            {parts.map((part) => (
              <Part
                key={part.from}
                part={part}
                value={chosen[part.from]}
                onChoose={(value) => setChosen((before) => ({ ...before, [part.from]: value }))}
              />
            ))}
          </ul>
        </div>
        <Textarea
          label={quick.note}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
        />
        <div className="v-quick-end">
          <ActionButton main submit busy={enter.isPending} keys="Enter" refusal={refusal}>
            {quick.verb}
          </ActionButton>
          <Checkbox
            size="xs"
            label={quick.take}
            checked={take}
            onChange={(event) => setTake(event.currentTarget.checked)}
          />
        </div>
      </form>
    </FormPage>
  );
}

const none = '–';

function Part({
  part,
  value,
  onChoose,
}: {
  part: QuickPart;
  value: string | null | undefined;
  onChoose: (value: string | null) => void;
}) {
  const { quick } = useTicketTexts();
  const [first] = part.choices;
  if (first === undefined)
    return (
      <li>
        <code>{part.typed}</code> <span className="v-quick-unknown">{quick.nothing}</span>
      </li>
    );
  const taken = value === undefined ? first.value : (value ?? none);
  return (
    <li>
      <code>{part.typed}</code>
      <NativeSelect
        size="xs"
        aria-label={quick.meaning(part.typed)}
        value={taken}
        data={[
          ...part.choices.map((choice) => ({
            value: choice.value,
            label: `${quick.fields[choice.field]}: ${choice.label}${choice.detail === '' ? '' : ` (${choice.detail})`}`,
          })),
          { value: none, label: quick.not },
        ]}
        onChange={(event) => onChoose(event.currentTarget.value === none ? null : event.currentTarget.value)}
      />
    </li>
  );
}
