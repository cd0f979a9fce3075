import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Check } from '#contract/watch.ts';
import { api } from '#web/shell/api.ts';
import { paths } from '#web/paths.ts';
import { Section } from '#web/ui/section.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { CheckState } from './check-columns.tsx';
import { useWatchTexts } from '../watch-texts.ts';
import '../calm/calm.css';

/** So many members are named; a composite of more is told by its counts. */
const mostNamed = 100;

interface Member {
  readonly id: string;
  readonly weight: number;
}

function membersOf({ settings }: Check): Member[] {
  const { members } = settings;
  if (!Array.isArray(members)) return [];
  return members.flatMap((written) => {
    if (typeof written !== 'string') return [];
    const [id = '', weight = '1'] = written.split('*');
    return [{ id, weight: Number(weight) }];
  });
}

/** How the members of a composite stand, live: how many of them are well, and each by its name. */
export function MembersSection({ check }: { check: Check }) {
  const texts = useWatchTexts().members;
  const members = membersOf(check);
  const ids = members.slice(0, mostNamed).map(({ id }) => id);
  const { data } = useQuery({
    ...api.watch.checks.list.queryOptions({ input: { ids, limit: mostNamed } }),
    enabled: ids.length > 0,
  });
  if (members.length === 0) return <MembersByKind check={check} />;
  const found = new Map(data?.items.map((each) => [each.id, each]));
  const well = [...found.values()].filter(({ state, paused }) => !paused && state === 'up').length;
  return (
    <Section title={texts.title}>
      {data !== undefined && (
        <p aria-live="polite">
          <strong>{texts.well(well, members.length)}</strong> <Needed check={check} of={members.length} />
        </p>
      )}
      <ul className="v-members">
        {members.slice(0, mostNamed).map(({ id, weight }) => (
          <MemberLine key={id} check={found.get(id)} weight={weight} loaded={data !== undefined} />
        ))}
      </ul>
      {members.length > mostNamed && <p className="v-quiet">{texts.more(members.length - mostNamed)}</p>}
    </Section>
  );
}

function MemberLine({ check, weight, loaded }: { check: Check | undefined; weight: number; loaded: boolean }) {
  const texts = useWatchTexts().members;
  if (check === undefined) return <li className="v-quiet">{loaded ? texts.gone : '…'}</li>;
  return (
    <li>
      <CheckState check={check} />{' '}
      <Link className="v-link" to={paths.check(check.id)}>{`${check.target.name} – ${check.name}`}</Link>{' '}
      <span className="v-quiet">
        <Duration since={check.since} /> {weight > 1 && texts.weight(weight)}
      </span>
    </li>
  );
}

function Needed({ check: { settings }, of }: { check: Check; of: number }) {
  const texts = useWatchTexts().members;
  const { mode, least } = settings;
  if (mode === 'any') return texts.needs(1, of);
  if (mode === 'atLeast' && typeof least === 'number') return texts.needs(least, of);
  return mode === 'weighted' ? texts.weighted : texts.needs(of, of);
}

/** A composite made of a kind or of a name has no list of its own: the list of checks shows them. */
function MembersByKind({ check: { settings } }: { check: Check }) {
  const texts = useWatchTexts().members;
  const { kind, named } = settings;
  const words = [
    ...(typeof kind === 'string' && kind !== '' ? [`kind:${kind}`] : []),
    ...(typeof named === 'string' && named !== '' ? [`name:${named}`] : []),
  ];
  return (
    <Section title={texts.title}>
      <p className="v-quiet">{words.length === 0 ? texts.none : texts.by(words.join(' '))}</p>
    </Section>
  );
}
