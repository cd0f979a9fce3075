import { ActionIcon, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { offerUndo } from './offer-undo.tsx';
import { useUi } from './words.ts';
import './thing-page.css';

/** A fact that is typed or chosen from a few. `save` sends it and rejects with a sentence in `message` when it is refused. */
interface TypedEdit {
  value: string;
  kind: 'line' | 'text' | 'choice';
  choices?: readonly { value: string; label: string }[];
  save: (value: string) => Promise<unknown>;
}

/** A fact with an editor of its own, which saves by itself and says when it is at its end. */
interface OwnEdit {
  kind: 'own';
  render: (onEnd: () => void) => ReactNode;
}

export type FactEdit = TypedEdit | OwnEdit;

export interface Fact {
  name: string;
  label: string;
  shown: ReactNode;
  edit?: FactEdit;
  /** Why it may not be edited; shown on hover. */
  refusal?: string | undefined;
}

/** The facts of a thing, each editable in place where it may be, with undo. */
export function FactsPanel({ title, facts }: { title?: string; facts: readonly Fact[] }) {
  const { words } = useUi();
  return (
    <div className="v-facts">
      <h2 className="v-section-title">{title ?? words.facts.title}</h2>
      <dl className="v-facts-list">
        {facts.map((fact) => (
          <FactRow key={fact.name} fact={fact} />
        ))}
      </dl>
    </div>
  );
}

function FactRow({ fact }: { fact: Fact }) {
  const { words } = useUi();
  const [editing, setEditing] = useState(false);
  const { edit } = fact;
  return (
    <div className="v-fact">
      <dt>{fact.label}</dt>
      <dd>
        {editing && edit !== undefined ? (
          edit.kind === 'own' ? (
            edit.render(() => setEditing(false))
          ) : (
            <FactEditor edit={edit} label={fact.label} onEnd={() => setEditing(false)} />
          )
        ) : (
          <>
            <span className="v-fact-shown">{fact.shown}</span>
            {edit !== undefined && (
              <ActionIcon
                className="v-fact-edit"
                size={22}
                title={fact.refusal}
                aria-disabled={fact.refusal !== undefined}
                aria-label={`${words.actions.edit} – ${fact.label}`}
                onClick={() => fact.refusal === undefined && setEditing(true)}
              >
                <IconPencil size={13} />
              </ActionIcon>
            )}
          </>
        )}
      </dd>
    </div>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function FactEditor({ edit, label, onEnd }: { edit: TypedEdit; label: string; onEnd: () => void }) {
  const { words } = useUi();
  const [typed, setTyped] = useState(edit.value);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  // Sending disables the field, which makes it lose the focus, which would send again.
  const sending = useRef(false);
  const save = async (value: string): Promise<void> => {
    if (sending.current) return undefined;
    if (value === edit.value) return onEnd();
    sending.current = true;
    setBusy(true);
    try {
      await edit.save(value);
      offerUndo(`${words.facts.saved} ${label}`, words.actions.undo, () => edit.save(edit.value));
      onEnd();
    } catch (refused) {
      sending.current = false;
      setBusy(false);
      setError(messageOf(refused));
    }
    return undefined;
  };
  const shared = {
    'aria-label': label,
    size: 'xs',
    autoFocus: true,
    value: typed,
    error,
    disabled: busy,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEnd();
      if (event.key === 'Enter' && (edit.kind !== 'text' || event.ctrlKey || event.metaKey)) void save(typed);
    },
  } as const;
  if (edit.kind === 'choice') {
    return (
      <NativeSelect
        {...shared}
        data={[...(edit.choices ?? [])]}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          void save(event.currentTarget.value);
        }}
        onBlur={onEnd}
      />
    );
  }
  const field = {
    ...shared,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onBlur: () => void save(typed),
  };
  return edit.kind === 'text' ? <Textarea {...field} autosize minRows={3} maxRows={14} /> : <TextInput {...field} />;
}
