import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTicketTexts } from '../tickets/ticket-texts.ts';

interface TicketFilterProps {
  /** What the list is asked for. */
  readonly words: string;
  readonly error: string | undefined;
  readonly onWords: (words: string) => void;
}

/** Who types this fast is not done yet. */
const pauseMs = 130;

/** The words of the list as they are typed. What is typed stays here until one pauses: a list is not drawn anew for each letter. */
export function TicketFilter({ words, error, onWords }: TicketFilterProps) {
  const { list } = useTicketTexts();
  const [held, setHeld] = useState({ typed: words, sent: words, seen: words });
  // Somebody chose a view, or went back: the field follows. What comes back as it was sent is no news.
  if (words !== held.seen)
    setHeld((before) => ({ typed: words === before.sent ? before.typed : words, sent: words, seen: words }));
  const { typed, sent } = held;
  useEffect(() => {
    if (typed === sent) return undefined;
    const timer = setTimeout(() => {
      setHeld((before) => ({ ...before, sent: typed }));
      onWords(typed);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, sent, onWords]);
  return (
    <TextInput
      className="v-tickets-filter"
      data-search=""
      type="search"
      aria-label={list.filter}
      placeholder={list.hint}
      maxLength={500}
      value={typed}
      error={error}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setHeld((before) => ({ ...before, typed: value }));
      }}
    />
  );
}
