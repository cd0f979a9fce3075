import { Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { Requester } from '#contract/desk-words.ts';
import { language as languageWord, type Language } from '#contract/words.ts';
import { client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormProblem } from '#web/ui/form/form-problem.tsx';
import { SearchPicker, type Pick, type SearchPickerProps } from '#web/ui/form/search-picker.tsx';
import { useUi } from '#web/ui/words.ts';
import { findRequesters, requesterIdOf } from '../list/find-picks.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

type Looks = Partial<globalThis.Pick<SearchPickerProps, 'bare' | 'focused' | 'size' | 'description' | 'error'>>;

interface RequesterPickerProps extends Looks {
  readonly label: string;
  readonly chosen: Pick | null;
  readonly onChoose: (pick: Pick | null) => void;
  readonly onEscape?: () => void;
}

/** Finds a requester as one types; who is not known yet is written down on the spot. */
export function RequesterPicker({ chosen, onChoose, ...looks }: RequesterPickerProps) {
  const texts = useWorkTexts();
  const [adds, setAdds] = useState<string>();
  return (
    <>
      <SearchPicker
        {...looks}
        name="requesters"
        placeholder={texts.picker.requesterHint}
        chosen={chosen}
        find={findRequesters}
        nothing={texts.picker.nothing}
        none={texts.picker.none}
        add={{ label: texts.picker.add, run: setAdds }}
        onChoose={(pick) => {
          if (pick === null) return onChoose(null);
          void requesterIdOf(pick, uuid).then((id) => onChoose({ ...pick, id }));
          return undefined;
        }}
      />
      {adds !== undefined && (
        <RequesterDialog
          title={texts.requester.title}
          verb={texts.requester.verb}
          start={fromTyped(adds)}
          onKept={({ id, name }) => onChoose({ id, label: name })}
          onClose={() => setAdds(undefined)}
        />
      )}
    </>
  );
}

type Draft = globalThis.Pick<Requester, 'id' | 'personId' | 'name' | 'phone' | 'note'> & {
  readonly mail: string;
  readonly language: Language | null;
};
type Filled = Draft & { readonly language: Language };

/** What was typed is a name, an address, or both. */
function fromTyped(typed: string): Draft {
  const mail = /[^\s<>]+@[^\s<>]+/u.exec(typed)?.[0] ?? '';
  const name = typed.replace(/<?[^\s<>]+@[^\s<>]+>?/u, '').trim();
  return { id: uuid(), personId: null, name, mail, phone: '', note: '', language: null };
}

interface DialogProps {
  readonly title: string;
  readonly verb: string;
  readonly start: Draft;
  readonly onKept: (kept: Requester) => void;
  readonly onClose: () => void;
}

/** Who somebody is, and how they are reached. */
export function RequesterDialog({ title, verb, start, onKept, onClose }: DialogProps) {
  const { words } = useUi();
  const own = useLanguage();
  const [draft, setDraft] = useState({ ...start, language: start.language ?? own });
  const set = (change: Partial<Filled>): void => setDraft((before) => ({ ...before, ...change }));
  const keep = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      client.desk.requesters.put({
        ...draft,
        mail: draft.mail.trim() === '' ? null : draft.mail.trim(),
      }),
    onSuccess: (kept) => {
      onKept(kept);
      onClose();
    },
  });
  const errors = formErrorsOf(keep.error);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate();
        }}
      >
        <RequesterFields draft={draft} errors={errors} set={set} />
        <Group justify="flex-end" gap={8}>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
          <ActionButton main submit busy={keep.isPending}>
            {verb}
          </ActionButton>
        </Group>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  readonly draft: Filled;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<Filled>) => void;
}

/** Name and address of one with an account are the account's. */
function RequesterFields({ draft, errors, set }: FieldsProps) {
  const { requester: texts } = useWorkTexts();
  return (
    <>
      <FormProblem text={errors['']} />
      <TextInput
        label={texts.name}
        value={draft.name}
        error={errors['name']}
        maxLength={120}
        required
        data-autofocus={draft.name === '' ? '' : undefined}
        disabled={draft.personId !== null}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={texts.mail}
        type="email"
        value={draft.mail}
        error={errors['mail']}
        maxLength={254}
        data-autofocus={draft.name === '' ? undefined : ''}
        disabled={draft.personId !== null}
        onChange={(event) => set({ mail: event.currentTarget.value })}
      />
      <TextInput
        label={texts.phone}
        type="tel"
        value={draft.phone}
        error={errors['phone']}
        maxLength={60}
        onChange={(event) => set({ phone: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.language}
        value={draft.language}
        data={languageWord.options.map((value) => ({ value, label: texts.languages[value] }))}
        onChange={(event) => set({ language: languageWord.parse(event.currentTarget.value) })}
      />
    </>
  );
}
