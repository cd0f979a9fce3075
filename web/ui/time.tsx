import { formatClock, formatExact, formatRelative } from './format.ts';
import { useNow } from './clock.ts';
import { useUi } from './words.ts';

interface TimeProps {
  /** ISO 8601 or a Date. */
  at: string | Date;
  /** `relative` by default; `clock` where moments are compared with each other. */
  show?: 'relative' | 'clock';
}

/** A moment: relative with the exact time and zone on hover, and machine-readable underneath. */
export function Time({ at, show = 'relative' }: TimeProps) {
  const { locale, timeZone } = useUi();
  const now = useNow();
  const date = typeof at === 'string' ? new Date(at) : at;
  const exact = formatExact(date, locale, timeZone);
  const text = show === 'clock' ? formatClock(date, now, locale, timeZone) : formatRelative(date, now, locale);
  return (
    <time className="v-number" dateTime={date.toISOString()} title={exact}>
      {text}
    </time>
  );
}
