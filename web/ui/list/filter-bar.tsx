import { CloseButton, Menu, TextInput } from '@mantine/core';
import { IconCheck, IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { KbdHint } from '../kbd-hint.tsx';
import { useUi } from '../words.ts';
import { folded, type Column } from './column.ts';
import { columnNamed, formatFilter, parseFilter } from './filter-words.ts';

interface FilterBarProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  filter: string;
  onFilter: (text: string) => void;
}

/** The same filter, typed or clicked: a click writes words into the field, so one learns them by looking. */
export function FilterBar<Row>({ columns, rows, filter, onFilter }: FilterBarProps<Row>) {
  const { words } = useUi();
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className="v-filter">
      <TextInput
        ref={field}
        size="xs"
        className="v-filter-field"
        aria-label={words.list.filter}
        placeholder={words.list.filterHint}
        data-search=""
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (filter === '') field.current?.blur();
          else onFilter('');
        }}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={
          filter === '' ? (
            <KbdHint keys="/" />
          ) : (
            <CloseButton size="xs" aria-label={words.list.clearFilter} onClick={() => onFilter('')} />
          )
        }
        spellCheck={false}
        autoComplete="off"
      />
      <div className="v-filter-menus">
        {columns
          .filter((column) => column.choices !== undefined)
          .map((column) => (
            <ChoiceMenu key={column.name} column={column} columns={columns} {...{ rows, filter, onFilter }} />
          ))}
      </div>
    </search>
  );
}

function ChoiceMenu<Row>(props: FilterBarProps<Row> & { column: Column<Row> }) {
  const { column, columns, rows, filter, onFilter } = props;
  const terms = parseFilter(filter);
  const mine = terms.find((term) => !term.not && term.word !== undefined && columnNamed(columns, term.word) === column);
  const choices = column.choices ?? [];
  const isChosen = (choice: { value: string; label: string }): boolean =>
    mine?.values.some((value) => [choice.value, choice.label].some((text) => folded(text) === folded(value))) ?? false;
  const chosen = choices.filter(isChosen);

  const toggle = (value: string): void => {
    const kept = chosen.map((choice) => choice.value);
    const values = kept.includes(value) ? kept.filter((each) => each !== value) : [...kept, value];
    const others = terms.filter((term) => term !== mine);
    onFilter(formatFilter(values.length === 0 ? others : [...others, { word: column.name, values, not: false }]));
  };
  const [opened, setOpened] = useState(false);
  const counts = new Map<unknown, number>();
  for (const row of opened ? rows : []) counts.set(column.value(row), (counts.get(column.value(row)) ?? 0) + 1);
  return (
    <Menu position="bottom-start" closeOnItemClick={false} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <button type="button" className="v-filter-menu" data-on={chosen.length > 0 || undefined}>
          {chosen.length === 0
            ? column.title
            : `${column.title}\u00A0: ${chosen.map((choice) => choice.label).join(', ')}`}
          <IconChevronDown size={13} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            role="menuitemcheckbox"
            aria-checked={isChosen(choice)}
            leftSection={<IconCheck size={14} style={{ visibility: isChosen(choice) ? 'visible' : 'hidden' }} />}
            rightSection={<span className="v-quiet v-number">{counts.get(choice.value) ?? 0}</span>}
            onClick={() => toggle(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
