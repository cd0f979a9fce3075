import { useQuery } from '@tanstack/react-query';
import type { NamedThing } from '#contract/words.ts';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useDeskTexts } from '../desk-texts.ts';
import { changesQuery } from '../tickets/ticket-queries.ts';
import '../desk.css';

const mostShown = 8;

/** What was changed on the cause and around it before the incident opened: the first suspect. */
export function TicketChanges({ cause, before }: { cause: NamedThing | null; before: string }) {
  const texts = useDeskTexts();
  return (
    <Section title={texts.changes.title}>
      {cause === null ? (
        <p className="v-quiet v-desk-none">{texts.changes.noCause}</p>
      ) : (
        <ChangesOf cause={cause} before={before} />
      )}
    </Section>
  );
}

function ChangesOf({ cause, before }: { cause: NamedThing; before: string }) {
  const { changes: texts } = useDeskTexts();
  const changes = useQuery(changesQuery(cause, before)).data?.items;
  if (changes === undefined) return null;
  if (changes.length === 0) return <p className="v-quiet v-desk-none">{texts.none}</p>;
  return (
    <ol className="v-desk-changes">
      {changes.slice(0, mostShown).map((entry) => (
        <li key={entry.id}>
          <div>{entry.text}</div>
          <div className="v-quiet v-desk-small">
            <Time at={entry.at} />
            {entry.who.kind === 'person' && ` · ${entry.who.name}`}
            {entry.thing !== null && entry.thing.id !== cause.id && ` · ${entry.thing.name}`}
          </div>
        </li>
      ))}
    </ol>
  );
}
