import { useLanguage } from '#web/shell/language.tsx';

/** A moment as the clocks of a rota's zone show it. */
export function ZonedTime({ at, zone }: { at: string; zone: string }) {
  const format = new Intl.DateTimeFormat(useLanguage(), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <time className="v-number" dateTime={at} title={zone}>
      {format.format(new Date(at))}
    </time>
  );
}
