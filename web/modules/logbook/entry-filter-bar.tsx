import { NativeSelect, TextInput } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useAddress } from '#web/shell/use-address.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { SettlingSearch } from '#web/ui/settling-search.tsx';
import { isWide, type EntryFilter } from './entry-filter.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

/** Search, kind and days, all in the address. */
export function EntryFilterBar({ filter }: { filter: EntryFilter }) {
  const texts = useLogbookTexts();
  const [, setParams] = useSearchParams();
  const [, say] = useAddress();
  return (
    <search className="v-entry-filter">
      <SettlingSearch
        label={texts.search}
        className="v-entry-search"
        value={filter.search}
        onSettle={(text) => say('q', text)}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.kind}
        value={filter.kind ?? ''}
        onChange={(event) => say('kind', event.currentTarget.value)}
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
        onChange={(event) => say('from', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={texts.until}
        title={texts.until}
        value={filter.until}
        onChange={(event) => say('until', event.currentTarget.value)}
      />
      {!isWide(filter) && <ActionButton onClick={() => setParams({}, { replace: true })}>{texts.clear}</ActionButton>}
    </search>
  );
}
