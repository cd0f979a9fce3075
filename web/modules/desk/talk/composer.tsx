import { ActionIcon, Checkbox, FileButton, NativeSelect } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { attachment as attachmentShape, type Draft, type TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { MentionField } from './mention-field.tsx';
import { mentionedIn, type Colleague } from './mention.ts';
import { templatesQuery } from '../settings/settings-queries.ts';
import { refreshTicket } from '../tickets/sheet-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useDraft } from './use-draft.ts';
import { useOperators } from '../use-operators.ts';
import { usePresence } from './use-presence.ts';

/** Announces a file and sends its content. */
async function sendFile(ticketId: string, file: File) {
  const { path } = await client.desk.attachments.begin({ id: ticketId, name: file.name, sizeBytes: file.size });
  const answer = await fetch(path, { method: 'PUT', body: file, headers: { 'x-vigie-file': '1' } });
  const said: unknown = await answer.json();
  const taken = attachmentShape.safeParse(said);
  if (taken.success) return taken.data;
  const message: unknown = said !== null && typeof said === 'object' ? Reflect.get(said, 'message') : undefined;
  throw new Error(typeof message === 'string' ? message : answer.statusText);
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.name === 'Error' ? error.message : sentenceOf(error).text;
}

/** Sends what was written, once, and the files that come along. */
function useSending(
  sheet: TicketSheet,
  { keeper, writing }: ReturnType<typeof useDraft>,
  colleagues: readonly Colleague[],
) {
  const [messageId, setMessageId] = useState(() => uuid());
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      client.desk.messages.add({
        id: sheet.id,
        messageId,
        visibility: writing.visibility,
        format: writing.format,
        body: writing.body,
        draftId: keeper.id(),
        attachmentIds: writing.attachments.map(({ id }) => id),
        mentionIds: mentionedIn(writing.body, colleagues).slice(0, 50),
      }),
    onSuccess: async () => {
      keeper.clear();
      setMessageId(uuid());
      await refreshTicket(sheet.id);
    },
  });
  const attach = useMutation({
    meta: { quiet: true },
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) keeper.attach(await sendFile(sheet.id, file));
    },
  });
  const fault = send.isError ? sentenceOf(send.error).text : attach.isError ? messageOf(attach.error) : undefined;
  return { send, attach, fault };
}

/** Where one answers or notes: what is typed is kept on the server as one types, and files come along. */
export function Composer({ sheet }: { sheet: TicketSheet }) {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const refusal = useRefusal('desk.write');
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(sheet.id, sheet.drafts, sheet.requester === null ? 'note' : 'public');
  const { keeper, writing } = draft;
  const colleagues = useOperators();
  const { send, attach, fault } = useSending(sheet, draft, colleagues);
  const [focused, setFocused] = useState(false);
  const isNote = writing.visibility === 'note';
  const submit = (): void => {
    if (writing.body.trim() !== '' && refusal === undefined && !send.isPending) send.mutate();
  };
  useKeys(older.story.title, [{ keys: 'c', label: older.actions.comment, run: () => field.current?.focus() }]);
  const others = sheet.drafts.filter(({ id }) => id !== keeper.id());
  return (
    <form
      className="v-composer"
      data-note={isNote}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Present ticketId={sheet.id} writes={focused && writing.body !== ''} />
      <Head sheet={sheet} draft={draft} />
      <MentionField
        field={field}
        colleagues={colleagues}
        aria-label={older.story.commentLabel}
        placeholder={isNote ? texts.page.noteHint : texts.page.answerHint}
        autosize
        minRows={writing.body === '' ? 2 : 4}
        maxRows={18}
        maxLength={100_000}
        value={writing.body}
        {...(refusal === undefined ? {} : { disabled: true, title: refusal })}
        error={fault}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onText={(body) => keeper.change({ body })}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length > 0) attach.mutate(files);
        }}
        onKey={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          if (event.key === 'Escape') field.current?.blur();
        }}
      />
      <Files draft={draft} />
      <End draft={draft} attach={attach} sends={send.isPending} refusal={refusal} />
      {others.map((other) => (
        <OtherDraft key={other.id} draft={other} ticketId={sheet.id} onTake={() => keeper.takeUp(other)} />
      ))}
    </form>
  );
}

/** For whom it is, and what may be put in. */
function Head({ sheet, draft: { keeper, writing } }: { sheet: TicketSheet; draft: ReturnType<typeof useDraft> }) {
  const { page } = useTicketTexts();
  return (
    <div className="v-composer-head">
      <fieldset className="v-switch" aria-label={page.visibility}>
        {(['public', 'note'] as const).map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={writing.visibility === value}
            onClick={() => keeper.change({ visibility: value })}
          >
            {value === 'note' ? page.note : page.answer}
          </button>
        ))}
      </fieldset>
      <Templates
        sheet={sheet}
        onTake={(body) => keeper.change({ body: writing.body === '' ? body : `${writing.body}\n${body}` })}
      />
    </div>
  );
}

function Files({ draft: { keeper, writing } }: { draft: ReturnType<typeof useDraft> }) {
  const { page } = useTicketTexts();
  if (writing.attachments.length === 0) return null;
  return (
    <ul className="v-composer-files">
      {writing.attachments.map((file) => (
        <li key={file.id}>
          {file.name}
          <ActionIcon
            size={20}
            aria-label={page.remove(file.name)}
            onClick={() => {
              void client.desk.attachments.remove({ id: file.id }).catch(() => undefined);
              keeper.detach(file.id);
            }}
          >
            <IconX size={13} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

interface EndProps {
  draft: ReturnType<typeof useDraft>;
  attach: ReturnType<typeof useSending>['attach'];
  sends: boolean;
  refusal: string | undefined;
}

/** Files, format, how far it is safe, and the verb. */
function End({ draft: { keeper, writing, state }, attach, sends, refusal }: EndProps) {
  const { page } = useTicketTexts();
  return (
    <div className="v-composer-end">
      <FileButton multiple onChange={(files) => attach.mutate(files)} disabled={refusal !== undefined}>
        {(props) => (
          <ActionIcon {...props} size={28} aria-label={page.attach} title={page.attach} loading={attach.isPending}>
            <IconPaperclip size={16} />
          </ActionIcon>
        )}
      </FileButton>
      <Checkbox
        size="xs"
        label={page.markdown}
        checked={writing.format === 'markdown'}
        onChange={(event) => keeper.change({ format: event.currentTarget.checked ? 'markdown' : 'plain' })}
      />
      <span className="v-quiet v-composer-state" aria-live="polite">
        {state === 'none' || writing.body === '' ? '' : page[state]}
      </span>
      <ActionButton main submit busy={sends} keys="mod+Enter" refusal={refusal}>
        {writing.visibility === 'note' ? page.sendNote : page.send}
      </ActionButton>
    </div>
  );
}

function OtherDraft({ draft, ticketId, onTake }: { draft: Draft; ticketId: string; onTake: () => void }) {
  const { page } = useTicketTexts();
  const drop = useMutation({
    mutationFn: () => client.desk.drafts.end({ id: draft.id }),
    onSuccess: () => refreshTicket(ticketId),
  });
  return (
    <div className="v-composer-other">
      <span className="v-quiet">{page.otherDraft}:</span> <span className="v-composer-cut">{draft.body}</span>
      <ActionButton onClick={onTake}>{page.useDraft}</ActionButton>
      <ActionButton onClick={() => drop.mutate()}>{page.dropDraft}</ActionButton>
    </div>
  );
}

/** Who else is here now. */
function Present({ ticketId, writes }: { ticketId: string; writes: boolean }) {
  const { page } = useTicketTexts();
  const language = useLanguage();
  const others = usePresence(ticketId, writes);
  const names = (doing: 'views' | 'writes'): string =>
    new Intl.ListFormat(language).format(others.filter((one) => one.doing === doing).map(({ name }) => name));
  const [writing, viewing] = [names('writes'), names('views')];
  return (
    <output className="v-composer-present" data-writes={writing !== ''}>
      {writing !== '' && <strong>{page.writes(writing)}</strong>} {viewing !== '' && page.views(viewing)}
    </output>
  );
}

/** Canned answers, put into the requester's language with the words of the ticket. */
function Templates({ sheet, onTake }: { sheet: TicketSheet; onTake: (body: string) => void }) {
  const texts = useTicketTexts();
  const language = useLanguage();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const all = useQuery(templatesQuery).data ?? [];
  const answers = all.filter(({ kind }) => kind === 'answer');
  if (answers.length === 0) return null;
  const take = async (id: string): Promise<void> => {
    const filled = await client.desk.templates.filled({ id, ticketId: sheet.id });
    setMissing(filled.missing);
    onTake(filled.body);
  };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={texts.page.template}
        value=""
        data={[
          { value: '', label: texts.page.template },
          ...answers.map(({ id, name }) => ({ value: id, label: name[language] })),
        ]}
        onChange={(event) => event.currentTarget.value !== '' && void take(event.currentTarget.value)}
      />
      {missing.length > 0 && <span className="v-composer-missing">{texts.page.missing(missing.join(', '))}</span>}
    </>
  );
}
