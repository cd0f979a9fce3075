import { useQuery } from '@tanstack/react-query';
import { IconApps, IconBuilding, IconServer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Impact } from '#contract/estate.ts';
import type { NamedThing } from '#contract/words.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { Chip } from '#web/ui/chip.tsx';
import { Section } from '#web/ui/section.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { impactQuery } from '../tickets/ticket-queries.ts';
import '../desk.css';

const icons: Record<NamedThing['kind'], ReactNode> = {
  service: <IconApps size={13} aria-hidden="true" />,
  host: <IconServer size={13} aria-hidden="true" />,
  site: <IconBuilding size={13} aria-hidden="true" />,
};
const mostThings = 12;
const mostNames = 4;

/** What depends on the cause, and the people who use it. */
export function TicketImpact({ cause }: { cause: NamedThing | null }) {
  const texts = useDeskTexts();
  return (
    <Section title={texts.impact.title}>
      {cause === null ? <p className="v-quiet v-desk-none">{texts.impact.noCause}</p> : <ImpactOf cause={cause} />}
    </Section>
  );
}

function ImpactOf({ cause }: { cause: NamedThing }) {
  const { impact: texts } = useDeskTexts();
  const impact = useQuery(impactQuery(cause));
  if (impact.isError) {
    const { code, text } = sentenceOf(impact.error);
    return <p className="v-quiet v-desk-none">{code === 'not_found' ? texts.removed : text}</p>;
  }
  if (impact.data === undefined) return null;
  const { things, peopleCount } = impact.data;
  if (things.length === 0 && peopleCount === 0) return <p className="v-quiet v-desk-none">{texts.none}</p>;
  return (
    <>
      <div className="v-desk-chips">
        {things.slice(0, mostThings).map((thing) => (
          <Chip key={thing.id} to={paths.thing(thing)} icon={icons[thing.kind]}>
            {thing.name}
          </Chip>
        ))}
        {things.length > mostThings && <span className="v-quiet">{texts.more(things.length - mostThings)}</span>}
      </div>
      {peopleCount > 0 && <Users impact={impact.data} />}
    </>
  );
}

function Users({ impact }: { impact: Impact }) {
  const { impact: texts } = useDeskTexts();
  const names = impact.people.slice(0, mostNames).map((person) => person.name);
  const rest = impact.peopleCount - names.length;
  return (
    <details className="v-desk-people">
      <summary>
        <strong className="v-number">{texts.people(impact.peopleCount)}</strong>
        <span className="v-quiet">
          {' '}
          {names.join(', ')}
          {rest > 0 && ` ${texts.more(rest)}`}
        </span>
      </summary>
      <ul>
        {impact.people.map((person) => (
          <li key={person.id}>
            <a className="v-link" href={`mailto:${person.mail}`}>
              {person.name}
            </a>{' '}
            <span className="v-quiet">{texts.through(person.through)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
