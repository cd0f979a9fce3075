import { NativeSelect, Progress, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { priority, ticketState } from '#contract/desk.ts';
import { waitingFor as waitingWord, type BulkChange, type BulkState } from '#contract/desk-words.ts';
import { api } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useNow } from '#web/ui/clock.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { WhenInput } from '#web/ui/form/when-input.tsx';
import { useUi } from '#web/ui/words.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { categoriesQuery } from '../settings/settings-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';
import { useOperators } from '../use-operators.ts';
import { bulkChangeOf, emptyDraft, type BulkDraft, type BulkField, type BulkWhich } from './bulk-draft.ts';
import { soonAt, soonNames } from './soon.ts';
import '../tickets/work.css';

interface BulkDialogProps {
  readonly field: BulkField;
  readonly which: BulkWhich;
  /** How far the change is, while it is made. */
  readonly progress: BulkState | undefined;
  readonly onRun: (change: BulkChange) => Promise<void>;
  readonly onClose: () => void;
}

interface FieldProps<Named extends BulkField> {
  readonly field: Named;
  readonly draft: BulkDraft;
  readonly set: (change: Partial<BulkDraft>) => void;
}

/** Asks what is to be changed of many tickets, and says how many of them it would change. */
export function BulkDialog({ field, which, progress, onRun, onClose }: BulkDialogProps) {
  const { bulk } = useTicketTexts();
  const [draft, setDraft] = useState(() => emptyDraft(field));
  const set = (change: Partial<BulkDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const change = bulkChangeOf(field, draft);
  const preview = useQuery({
    ...api.desk.bulk.preview.queryOptions({ input: { ...which, change: change ?? {} } }),
    enabled: change !== undefined && progress === undefined,
    placeholderData: (before) => before,
  }).data;
  const act = async (): Promise<void> => {
    if (change === undefined) throw new Error(bulk.nothing);
    await onRun(change);
  };
  return (
    <ConfirmDialog opened title={bulk.fields[field]} verb={bulk.verb} onConfirm={act} onClose={onClose}>
      {field === 'tag' ? (
        <Tags draft={draft} set={set} />
      ) : field === 'due' || field === 'snooze' ? (
        <When field={field} draft={draft} set={set} />
      ) : (
        <Choice field={field} draft={draft} set={set} />
      )}
      <output className="v-tickets-bulk-count">
        {progress === undefined
          ? change !== undefined && preview !== undefined && bulk.preview(preview.changing, preview.total)
          : bulk.progress(progress.done + progress.skipped, progress.total)}
      </output>
      {progress !== undefined && (
        <Progress
          size="sm"
          value={(100 * (progress.done + progress.skipped)) / Math.max(1, progress.total)}
          aria-label={bulk.verb}
        />
      )}
    </ConfirmDialog>
  );
}

/** What a field can be set to; nothing at all where that is a choice. */
function useChoices(field: BulkField): { value: string; label: string }[] {
  const { facts } = useTicketTexts();
  const older = useDeskTexts();
  const { words } = useUi();
  const language = useLanguage();
  const operators = useOperators();
  const teams = useQuery({ ...api.people.teams.list.queryOptions({ input: {} }), enabled: field === 'team' }).data;
  const categories = useQuery({ ...categoriesQuery, enabled: field === 'category' }).data;
  const none = { value: '', label: facts.none };
  if (field === 'give') return [{ value: '', label: older.nobody }, ...operators];
  if (field === 'team') return [none, ...(teams?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  if (field === 'category') {
    const open = (categories?.items ?? []).filter(({ active }) => active);
    return [none, ...open.map(({ id, name }) => ({ value: id, label: name[language] }))];
  }
  if (field === 'priority') return priority.options.map((value) => ({ value, label: older.priorities[value] }));
  return ticketState.options.map((value) => ({ value, label: words.phases[value] }));
}

function Choice({ field, draft, set }: FieldProps<Exclude<BulkField, 'tag' | 'due' | 'snooze'>>) {
  const { bulk, facts, waits } = useTicketTexts();
  const { step } = useWorkTexts();
  return (
    <>
      <NativeSelect
        label={facts[field === 'give' ? 'assignee' : field]}
        value={draft.value}
        data={useChoices(field)}
        data-autofocus
        onChange={(event) => set({ value: event.currentTarget.value })}
      />
      {field === 'state' && draft.value === 'waiting' && (
        <NativeSelect
          mt="sm"
          label={step.waitingFor}
          value={draft.waitingFor}
          data={waitingWord.options.map((value) => ({ value, label: waits[value] }))}
          onChange={(event) => set({ waitingFor: event.currentTarget.value })}
        />
      )}
      {field === 'state' && (
        <TextInput
          mt="sm"
          label={bulk.reason}
          maxLength={2_000}
          value={draft.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Tags({ draft, set }: Omit<FieldProps<'tag'>, 'field'>) {
  const { bulk } = useTicketTexts();
  return (
    <>
      <TextInput
        label={bulk.with}
        value={draft.value}
        maxLength={500}
        data-autofocus
        onChange={(event) => set({ value: event.currentTarget.value })}
      />
      <TextInput
        mt="sm"
        label={bulk.without}
        value={draft.without}
        maxLength={500}
        onChange={(event) => set({ without: event.currentTarget.value })}
      />
    </>
  );
}

/** A moment, one of the usual ones with one key; left empty it takes the date away. */
function When({ field, draft, set }: FieldProps<'due' | 'snooze'>) {
  const { bulk, facts } = useTicketTexts();
  const { when } = useWorkTexts();
  const now = useNow();
  return (
    <div className="v-when">
      <WhenInput
        label={facts[field]}
        focused
        description={bulk.noDate}
        value={draft.at}
        onChange={(at) => set({ at })}
      />
      <div className="v-when-usual">
        {soonNames.flatMap((name) => {
          const at = soonAt(name, new Date(now));
          return at === null
            ? []
            : [
                <button
                  key={name}
                  type="button"
                  className="v-link-button"
                  onClick={() => set({ at: at.toISOString() })}
                >
                  {when.soon[name]}
                </button>,
              ];
        })}
      </div>
    </div>
  );
}
