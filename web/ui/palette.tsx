import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { folded } from './list/column.ts';
import { KbdHint } from './kbd-hint.tsx';
import { useUi } from './words.ts';

/** Something the palette can do or open. */
export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  description?: string;
  icon?: ReactNode;
  keys?: string;
  /** Other words by which it is found. */
  words?: readonly string[];
  run: () => void;
}

interface PaletteProps {
  entries: readonly PaletteEntry[];
  /** Told as one types, so that the caller can add what the server finds. */
  onQuery: (query: string) => void;
}

/** Opens the palette from a button; `mod+k` does it by itself. */
export function openPalette(): void {
  spotlight.open();
}

function groupsOf(entries: readonly PaletteEntry[]): SpotlightActionGroupData[] {
  const names = [...new Set(entries.map((entry) => entry.group))];
  return names.map((group) => ({
    group,
    actions: entries
      .filter((entry) => entry.group === group)
      .map((entry) => ({
        id: entry.id,
        label: entry.label,
        ...(entry.description === undefined ? {} : { description: entry.description }),
        keywords: [...(entry.words ?? []), folded(entry.label)],
        leftSection: entry.icon,
        rightSection: entry.keys === undefined ? undefined : <KbdHint keys={entry.keys} />,
        onClick: entry.run,
      })),
  }));
}

/** Everything one can open or do, by typing a few letters. Accents do not matter. */
export function Palette({ entries, onQuery }: PaletteProps) {
  const { words } = useUi();
  return (
    <Spotlight
      actions={groupsOf(entries)}
      filter={(query, actions) => filterGroups(folded(query.trim()), actions)}
      nothingFound={words.palette.nothing}
      shortcut={['mod + K']}
      scrollable
      maxHeight={420}
      limit={60}
      onQueryChange={onQuery}
      centered={false}
      yOffset="12vh"
      radius={10}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 80 }}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: words.palette.placeholder,
        'aria-label': words.palette.placeholder,
      }}
    />
  );
}

type Actions = Parameters<NonNullable<Parameters<typeof Spotlight>[0]['filter']>>[1];

function filterGroups(query: string, groups: Actions): Actions {
  if (query === '') return groups;
  const parts = query.split(/\s+/);
  return groups.flatMap((group) => {
    if (!('actions' in group)) return [];
    const actions = group.actions.filter((action) => {
      const text = folded(
        [action.label, action.description, ...(Array.isArray(action.keywords) ? action.keywords : [])].join(' '),
      );
      return parts.every((part) => text.includes(part));
    });
    return actions.length === 0 ? [] : [{ ...group, actions }];
  });
}
