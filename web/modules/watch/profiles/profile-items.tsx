import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Profile, ProfileItem } from '#contract/profile.ts';
import { isShown } from '#contract/show-when.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { asJsonSchema, type JsonSchema } from '#web/ui/form/json-schema.ts';
import { Section } from '#web/ui/section.tsx';
import { useProfileTexts } from './profile-texts.ts';
import { kindsQuery, profilesQuery } from '../watch-queries.ts';

interface ProfileItemsProps {
  readonly profile: Profile;
  readonly refusal: string | undefined;
  readonly onRemove: (item: ProfileItem) => void;
}

/** The checks of a profile, and those that come from what it includes. */
export function ProfileItems({ profile, refusal, onRemove }: ProfileItemsProps) {
  const texts = useProfileTexts();
  const all = useQuery(profilesQuery()).data?.items ?? [];
  const brought = withIncluded(all, profile).flatMap((from) => from.items.map((item) => ({ from, item })));
  return (
    <Section
      title={texts.items}
      aside={
        <ActionButton to={paths.profileItemNew(profile.id)} icon={<IconPlus size={15} />} refusal={refusal} keys="n">
          {texts.addItem}
        </ActionButton>
      }
    >
      {profile.items.length + brought.length === 0 && <p className="v-quiet">{texts.noItems}</p>}
      <table className="v-watch-results" aria-label={texts.items}>
        <tbody>
          {profile.items.map((item) => (
            <ItemRow key={item.id} item={item} to={paths.profileItem(profile.id, item.id)}>
              <ActionButton refusal={refusal} label={`${texts.remove} ${item.name}`} onClick={() => onRemove(item)}>
                {texts.remove}
              </ActionButton>
            </ItemRow>
          ))}
          {brought.map(({ from, item }) => (
            <ItemRow key={item.id} item={item} to={paths.profile(from.id)}>
              <span className="v-quiet">{texts.brings(from.name)}</span>
            </ItemRow>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** The profiles that come along with one, nearest first. */
function withIncluded(all: readonly Profile[], profile: Profile): readonly Profile[] {
  const found = new Map<string, Profile>();
  const open = profile.includes.map(({ id }) => id);
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const next = all.find((each) => each.id === id);
    if (next === undefined || found.has(id) || id === profile.id) continue;
    found.set(id, next);
    open.push(...next.includes.map((each) => each.id));
  }
  return [...found.values()];
}

/** The value of a setting in the words that its form has. */
function toldValue(property: JsonSchema | undefined, value: unknown): string {
  const chosen = property?.oneOf?.find((each) => each.const === value)?.title;
  return chosen ?? (Array.isArray(value) ? value.map(String).join(', ') : String(value));
}

function ItemRow({ item, to, children }: { item: ProfileItem; to: string; children: React.ReactNode }) {
  const texts = useProfileTexts();
  const kind = useSuspenseQuery(kindsQuery()).data.items.find(({ name }) => name === item.kind);
  const properties = asJsonSchema(kind?.settingsSchema).properties ?? {};
  const told = Object.entries(item.settings)
    .filter(([name]) => isShown(properties[name]?.showWhen, item.settings))
    .filter(([name, value]) => JSON.stringify(kind?.defaults[name] ?? null) !== JSON.stringify(value ?? null))
    .map(([name, value]) => texts.setting(properties[name]?.title ?? name, toldValue(properties[name], value)));
  return (
    <tr>
      <td>
        <Link className="v-link" to={to}>
          {item.name}
        </Link>
      </td>
      <td>{kind?.title ?? item.kind}</td>
      <td>
        <span className="v-quiet">{told.join(' · ')}</span>
      </td>
      <td>
        <Duration ms={item.intervalSeconds * 1_000} />
        <span className="v-unseen"> {texts.every('')}</span>
      </td>
      <td>{children}</td>
    </tr>
  );
}
