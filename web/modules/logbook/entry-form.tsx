import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { useKeys } from '#web/ui/keys.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

/** Writes an entry of one's own, in plain text; what is typed stays until it is written down. */
export function EntryForm() {
  const { write: texts } = useLogbookTexts();
  const refusal = useRefusal('logbook.write');
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useKeptText('logbook.entry');
  const add = useMutation({
    ...api.logbook.entries.add.mutationOptions({
      onSuccess: () => {
        kept.drop();
        notifications.show({ message: texts.done });
        void queryClient.invalidateQueries({ queryKey: api.logbook.entries.key() });
      },
    }),
    meta: { quiet: true },
  });
  const send = (): void => {
    if (kept.text.trim() !== '' && refusal === undefined && !add.isPending) add.mutate({ text: kept.text });
  };
  useKeys(texts.label, [{ keys: 'n', label: texts.action, run: () => field.current?.focus() }]);
  return (
    <form
      className="v-entry-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        aria-label={texts.label}
        placeholder={texts.placeholder}
        autosize
        minRows={kept.text === '' ? 1 : 4}
        maxRows={18}
        maxLength={20_000}
        value={kept.text}
        {...(refusal === undefined ? {} : { disabled: true, title: refusal })}
        error={add.isError ? sentenceOf(add.error).text : undefined}
        onChange={(event) => kept.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') field.current?.blur();
        }}
      />
      {kept.text !== '' && (
        <div className="v-entry-form-end">
          <span className="v-quiet">{kept.restored ? texts.kept : texts.lead}</span>
          <ActionButton main submit busy={add.isPending} keys="mod+Enter" refusal={refusal}>
            {texts.submit}
          </ActionButton>
        </div>
      )}
    </form>
  );
}
