import { Select } from '@mantine/core';
import { kindGroups, groupOfKind, type KindGroup } from './kind-groups.ts';
import { useWatchTexts } from '../watch-texts.ts';

interface ShownKind {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
}

interface KindChoiceProps {
  readonly label: string;
  readonly kinds: readonly ShownKind[];
  readonly kind: ShownKind;
  readonly onChoose: (name: string) => void;
}

const groupNames = Object.keys(kindGroups);

/** Where a group stands among the others; what is in none comes last. */
function placeOf(group: string): number {
  const place = groupNames.indexOf(group);
  return place === -1 ? groupNames.length : place;
}

/** The choice of a kind of check: by its name, or by typing a few letters of it. */
export function KindChoice({ label, kinds, kind, onChoose }: KindChoiceProps) {
  const { kindGroups: words } = useWatchTexts();
  const byGroup = new Map<KindGroup, ShownKind[]>();
  for (const each of kinds) {
    const group = groupOfKind(each.name);
    byGroup.set(group, [...(byGroup.get(group) ?? []), each]);
  }
  return (
    <Select
      label={label}
      description={kind.summary}
      searchable
      allowDeselect={false}
      maxDropdownHeight={380}
      value={kind.name}
      onChange={(name) => name !== null && onChoose(name)}
      data={[...byGroup]
        .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
        .map(([group, members]) => ({
          group: words[group],
          items: members.map(({ name, title }) => ({ value: name, label: title })),
        }))}
    />
  );
}
