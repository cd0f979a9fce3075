import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ActionButton } from '#web/ui/action-button.tsx';
import { KbdHint } from '#web/ui/kbd-hint.tsx';
import { isWide, type EntryFilter } from './entry-filter.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

const settleMs = 250;

/** Search, kind and days, all in the address. */
export function EntryFilterBar({ filter }: { filter: EntryFilter }) {
  const texts = useLogbookTexts();
  const [, setParams] = useSearchParams();
  const [typed, setTyped] = useState({ text: filter.search, over: filter.search });
  const set = (name: string, value: string): void =>
    setParams(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  const settle = useDebouncedCallback((text: string) => set('q', text), settleMs);
  // What is typed counts at once; an address that changed under it (a link, "show everything") wins.
  const search = typed.over === filter.search || typed.text === filter.search ? typed.text : filter.search;
  return (
    <search className="v-entry-filter">
      <TextInput
        size="xs"
        className="v-entry-search"
        data-search=""
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={search === '' ? <KbdHint keys="/" /> : undefined}
        value={search}
        maxLength={100}
        onChange={(event) => {
          setTyped({ text: event.currentTarget.value, over: filter.search });
          settle(event.currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.kind}
        value={filter.kind ?? ''}
        onChange={(event) => set('kind', event.currentTarget.value)}
        data={[
          { value: '', label: texts.allKinds },
          ...Object.entries(texts.kinds).map(([value, label]) => ({ value, label })),
        ]}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={texts.from}
        title={texts.from}
        value={filter.from}
        onChange={(event) => set('from', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={texts.until}
        title={texts.until}
        value={filter.until}
        onChange={(event) => set('until', event.currentTarget.value)}
      />
      {!isWide(filter) && <ActionButton onClick={() => setParams({}, { replace: true })}>{texts.clear}</ActionButton>}
    </search>
  );
}
