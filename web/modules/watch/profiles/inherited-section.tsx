import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { renewProfiles } from '../checks/change-items.ts';
import { useProfileTexts } from './profile-texts.ts';
import { inheritedQuery, kindsQuery } from '../watch-queries.ts';

const plainNames = ['name', 'intervalSeconds', 'importance', 'rules', 'sensitivity'] as const;

/** What a check inherits from its profile, and what it holds of its own; nothing for a check on its own. */
export function InheritedSection({ checkId, kindName }: { readonly checkId: string; readonly kindName: string }) {
  const { inherited: texts } = useProfileTexts();
  const refusal = useRefusal('watch.write');
  const { data } = useQuery(inheritedQuery(checkId));
  const kind = useQuery(kindsQuery()).data?.items.find(({ name }) => name === kindName);
  const takeBack = useMutation({
    mutationFn: (fields: readonly string[]) => client.watch.profiles.inherit({ id: checkId, paths: [...fields] }),
    onSuccess: renewProfiles,
  });
  const inherited = data?.inherited ?? null;
  if (inherited === null) return null;
  const own = inherited.fields.filter((field) => field.own);
  const labelOf = (path: string): string => {
    const plain = plainNames.find((name) => name === path);
    if (plain !== undefined) return texts.fields[plain];
    const name = path.replace(/^settings\./u, '');
    return titleIn(kind?.settingsSchema, name) ?? name;
  };
  return (
    <Section
      title={texts.title}
      aside={
        own.length > 1 && (
          <ActionButton refusal={refusal} onClick={() => takeBack.mutate(own.map(({ path }) => path))}>
            {texts.takeBackAll}
          </ActionButton>
        )
      }
    >
      <p>
        <Link className="v-link" to={paths.profile(inherited.profile.id)}>
          {texts.from(inherited.profile.name)}
        </Link>
        {own.length === 0 && <span className="v-quiet"> – {texts.all}</span>}
      </p>
      {own.length > 0 && (
        <ul className="v-profile-uses" aria-label={texts.own}>
          {own.map(({ path, value }) => (
            <li key={path}>
              <span>
                <strong>{labelOf(path)}</strong>{' '}
                <span className="v-quiet">{texts.profileHas(shown(value, texts.empty))}</span>
              </span>
              <ActionButton
                refusal={refusal}
                label={`${texts.takeBack} ${labelOf(path)}`}
                onClick={() => takeBack.mutate([path])}
              >
                {texts.takeBack}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function shown(value: unknown, empty: string): string {
  if (value === null || value === undefined || value === '') return empty;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function titleIn(schema: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const properties = schema?.['properties'];
  if (typeof properties !== 'object' || properties === null) return undefined;
  const found: unknown = Object.entries(properties).find(([each]) => each === name)?.[1];
  return typeof found === 'object' && found !== null && 'title' in found && typeof found.title === 'string'
    ? found.title
    : undefined;
}
