import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

/** Something that can be picked. */
export interface Pick {
  readonly id: string;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly detail?: string;
}

export interface SearchPickerProps {
  readonly label: string;
  /** The label is for readers of the screen only. */
  readonly bare?: boolean;
  readonly description?: ReactNode;
  readonly placeholder: string;
  readonly error?: string | undefined;
  /** Takes the focus as it comes: for an editor that somebody has just asked for. */
  readonly focused?: boolean;
  readonly disabled?: boolean;
  readonly size?: 'xs' | 'sm';
  /** What is chosen now; its name stands in the field. */
  readonly chosen: Pick | null;
  /** Names the search among others: what was found is kept for a while. */
  readonly name: string;
  readonly find: (typed: string, signal: AbortSignal) => Promise<readonly Pick[]>;
  readonly nothing: string;
  readonly onChoose: (pick: Pick | null) => void;
  /** Offers to choose nobody or nothing, by this word. */
  readonly none?: string;
  /** Offers to make one of what was typed. */
  readonly add?: { readonly label: (typed: string) => string; readonly run: (typed: string) => void };
  readonly onEscape?: () => void;
}

const pauseMs = 120;
const [noneValue, addValue] = ['', '+'];

/** What is typed and what is found by it. */
function useSearch({ name, find, onChoose, add }: SearchPickerProps) {
  const [typed, setTyped] = useState<string>();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { dropdownOpened, selectFirstOption, resetSelectedOption } = combobox;
  const [asked] = useDebouncedValue((typed ?? '').trim(), pauseMs);
  const found = useQuery({
    queryKey: ['picker', name, asked],
    queryFn: ({ signal }) => find(asked, signal),
    enabled: dropdownOpened,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const { data } = found;
  // What is shown while the answer to the last letters is still to come must not be taken by mistake.
  const isFresh = data !== undefined && !found.isPlaceholderData && asked === (typed ?? '').trim();
  const end = (): void => {
    combobox.closeDropdown();
    setTyped(undefined);
  };
  const choose = (value: string): void => {
    const text = (typed ?? '').trim();
    end();
    if (value === addValue) add?.run(text);
    else onChoose(data?.find(({ id }) => id === value) ?? null);
  };
  useEffect(() => {
    if (!dropdownOpened) return;
    // Enter takes the first that fits, without an arrow before it.
    if (isFresh) selectFirstOption();
    else resetSelectedOption();
  }, [dropdownOpened, isFresh, resetSelectedOption, selectFirstOption]);
  /** Enter before the list has come: it is asked for what was typed, and its first is taken. */
  const hurry = async (): Promise<void> => {
    if (!dropdownOpened || isFresh) return;
    const text = (typed ?? '').trim();
    const [first] = await find(text, new AbortController().signal).catch(() => []);
    if (first === undefined && add === undefined) return;
    end();
    if (first === undefined) add?.run(text);
    else onChoose(first);
  };
  return {
    combobox,
    typed,
    setTyped,
    asked,
    items: data,
    isFetching: found.isFetching && dropdownOpened,
    choose,
    hurry,
  };
}

/** Finds something while one types; arrows, Enter and Escape as everywhere. */
export function SearchPicker(props: SearchPickerProps) {
  const { label, bare = false, chosen } = props;
  const search = useSearch(props);
  const { combobox, setTyped } = search;
  const named = bare ? { 'aria-label': label } : { label };
  return (
    <Combobox store={combobox} onOptionSubmit={search.choose} withinPortal>
      <Combobox.Target>
        <TextInput
          {...named}
          size={props.size ?? 'sm'}
          description={props.description}
          error={props.error}
          placeholder={props.placeholder}
          disabled={props.disabled ?? false}
          autoComplete="off"
          maxLength={100}
          {...(props.focused === true ? { autoFocus: true, 'data-autofocus': '' } : {})}
          value={search.typed ?? chosen?.label ?? ''}
          rightSection={search.isFetching ? <Loader size={12} /> : null}
          onFocus={(event) => {
            event.currentTarget.select();
            combobox.openDropdown();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(undefined);
          }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.resetSelectedOption();
            combobox.openDropdown();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && combobox.dropdownOpened) {
              // Of the list, not of the form around it.
              event.preventDefault();
              void search.hurry();
            }
            if (event.key !== 'Escape') return;
            if (combobox.dropdownOpened) event.stopPropagation();
            combobox.closeDropdown();
            props.onEscape?.();
          }}
        />
      </Combobox.Target>
      <Choices search={search} {...props} />
    </Combobox>
  );
}

function Choices({
  search,
  label,
  chosen,
  add,
  none,
  nothing,
}: SearchPickerProps & { search: ReturnType<typeof useSearch> }) {
  const { items, asked, typed } = search;
  return (
    <Combobox.Dropdown>
      <Combobox.Options mah={260} style={{ overflowY: 'auto' }} aria-label={label}>
        {items?.map((item) => (
          <Combobox.Option key={item.id} value={item.id}>
            {item.label} {item.detail !== undefined && <span className="v-quiet">{item.detail}</span>}
          </Combobox.Option>
        ))}
        {add !== undefined && asked !== '' && (
          <Combobox.Option value={addValue}>{add.label((typed ?? '').trim())}</Combobox.Option>
        )}
        {none !== undefined && asked === '' && chosen !== null && (
          <Combobox.Option value={noneValue}>{none}</Combobox.Option>
        )}
        {items?.length === 0 && (asked === '' || add === undefined) && <Combobox.Empty>{nothing}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}
