import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { KbdHint } from './kbd-hint.tsx';

const settleMs = 250;

interface SettlingSearchProps {
  readonly label: string;
  readonly className: string;
  /** What is searched for now. */
  readonly value: string;
  /** Is told what was typed once the typing pauses. */
  readonly onSettle: (text: string) => void;
}

/** A field to search by, where the server finds: what is typed stands there at once, and is asked for after a pause. */
export function SettlingSearch({ label, className, value, onSettle }: SettlingSearchProps) {
  const [typed, setTyped] = useState({ text: value, over: value });
  const settle = useDebouncedCallback(onSettle, settleMs);
  // A value that changed under the typing (a link, "show everything") wins.
  const shown = typed.over === value || typed.text === value ? typed.text : value;
  return (
    <TextInput
      size="xs"
      className={className}
      data-search=""
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={shown === '' ? <KbdHint keys="/" /> : undefined}
      value={shown}
      maxLength={100}
      onChange={(event) => {
        setTyped({ text: event.currentTarget.value, over: value });
        settle(event.currentTarget.value);
      }}
    />
  );
}
