import { formatDuration } from './format.ts';
import { useNow } from './clock.ts';
import { useUi } from './words.ts';

type DurationProps = { ms: number; since?: never } | { since: string | Date; ms?: never };

/** A length of time; with `since` it grows while one looks at it. */
export function Duration(props: DurationProps) {
  const { locale } = useUi();
  const now = useNow();
  const ms = props.since === undefined ? props.ms : Math.max(1000, now - new Date(props.since).getTime());
  return <span className="v-number">{formatDuration(ms, locale)}</span>;
}
