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
import { adoptSheet } from '../tickets/sheet-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import './quick-entry.css';

/** What was typed so far, what it means, and the ticket it becomes. */
function useQuickEntry() {
  const { quick } = useTicketTexts();
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
  const type = (typed: string): void => {
    kept.change(typed);
    setChosen({});
  };
  const choose = (from: number, value: string | null): void => setChosen((before) => ({ ...before, [from]: value }));
  return { line, type, note, setNote, take, setTake, reading, chosen, choose, enter };
}

/** One line while somebody is on the telephone: it is understood as one types, and Enter opens the ticket. */
export function QuickEntryPage() {
  const { quick } = useTicketTexts();
  const refusal = useRefusal('desk.write');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const navigate = useNavigate();
  const entry = useQuickEntry();
  const { line, note, take, enter } = entry;
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
          onChange={(event) => entry.type(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && void navigate(-1)}
        />
        <Reading entry={entry} />
        <Textarea
          label={quick.note}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          value={note}
          onChange={(event) => entry.setNote(event.currentTarget.value)}
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
            onChange={(event) => entry.setTake(event.currentTarget.checked)}
          />
        </div>
      </form>
    </FormPage>
  );
}

/** How the line is understood, to be put right where it may mean several things. */
function Reading({ entry: { line, reading, chosen, choose } }: { entry: ReturnType<typeof useQuickEntry> }) {
  const { quick } = useTicketTexts();
  const shown = line.trim() === '' ? undefined : reading;
  return (
    <div className="v-quick-reading" aria-live="polite">
      {shown !== undefined && (
        <p className="v-quick-title">
          <span className="v-quiet">{quick.becomes}</span> <strong>{shown.title}</strong>
        </p>
      )}
      <ul className="v-quick-parts">
        {shown?.parts.map((part) => (
          <Part key={part.from} part={part} value={chosen[part.from]} onChoose={(value) => choose(part.from, value)} />
        ))}
      </ul>
    </div>
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
