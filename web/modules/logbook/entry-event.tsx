import { IconAlertTriangle, IconBuilding, IconEye, IconNote, IconPlayerPlay, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Entry } from '#contract/logbook.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import type { StoryEvent } from '#web/ui/story.tsx';
import { paths } from '#web/paths.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

const icons: Record<Entry['kind'], ReactNode> = {
  note: <IconNote size={13} />,
  incident: <IconAlertTriangle size={13} />,
  run: <IconPlayerPlay size={13} />,
  estate: <IconBuilding size={13} />,
  watch: <IconEye size={13} />,
  people: <IconUsers size={13} />,
};

/** Makes an event of a story out of an entry. */
export function useEntryEvent(): (entry: Entry) => StoryEvent {
  const texts = useLogbookTexts();
  const seal = (entry: Entry): ReactNode => (
    <span className="v-quiet v-number" title={texts.hash(entry.hash)}>
      {texts.sequence(entry.sequence)}
    </span>
  );
  return (entry) => ({
    id: entry.id,
    at: entry.at,
    icon: icons[entry.kind],
    ...(entry.who.kind === 'person' ? { who: entry.who.name } : {}),
    text: entry.kind === 'note' ? seal(entry) : entry.who.kind === 'person' ? `· ${entry.text}` : entry.text,
    proof: (
      <>
        {entry.kind === 'note' && <PlainText text={entry.text} />}
        <EntryLinks entry={entry}>{entry.kind === 'note' ? undefined : seal(entry)}</EntryLinks>
      </>
    ),
  });
}

/** What the entry is about, after its number. */
function EntryLinks({ entry, children }: { entry: Entry; children: ReactNode }) {
  const texts = useLogbookTexts();
  if (children === undefined && entry.thing === null && entry.ticketId === null && entry.runId === null) return null;
  return (
    <div className="v-entry-links">
      {children}
      {entry.ticketId !== null && entry.ticketNumber !== null && (
        <Link className="v-link" to={paths.ticket(entry.ticketId)}>
          {texts.incident(entry.ticketNumber)}
        </Link>
      )}
      {entry.runId !== null && (
        <Link className="v-link" to={paths.run(entry.runId)}>
          {texts.run}
        </Link>
      )}
      {entry.thing !== null && (
        <Link className="v-link" to={paths.thing(entry.thing)}>
          {entry.thing.name}
        </Link>
      )}
    </div>
  );
}
