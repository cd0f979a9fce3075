import type { Shift } from '#contract/on-call.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { daysOf, type DayPart } from './rota-days.ts';
import './on-call.css';

interface CalendarProps {
  shifts: readonly Shift[];
  holidays: readonly { date: string; name: string }[];
  zone: string;
  /** A Monday. */
  from: string;
  days: number;
  today: string;
}

/** So many tints; the name beside it says who. */
const tints = 8;

/** Who is on call, week by week, in the rota's own time zone. */
export function RotaCalendar({ shifts, holidays, zone, from, days, today }: CalendarProps) {
  const language = useLanguage();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const dayMonth = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const people = [...new Set(shifts.flatMap(({ person }) => (person === null ? [] : [person.id])))];
  return (
    <div className="v-calendar-room">
      <ol className="v-calendar">
        {daysOf(shifts, zone, from, days).map(({ date, parts }) => {
          const at = new Date(`${date}T00:00:00Z`);
          const holiday = holidays.find((one) => one.date === date)?.name;
          return (
            <li key={date} data-today={date === today || undefined} data-past={date < today || undefined}>
              <time dateTime={date}>
                <span className="v-calendar-weekday">{weekday.format(at)}</span> {dayMonth.format(at)}
              </time>
              {holiday !== undefined && <span className="v-calendar-holiday">{holiday}</span>}
              {parts.map((part) => (
                <ShiftPart
                  key={part.key}
                  part={part}
                  tint={part.person === null ? -1 : people.indexOf(part.person.id) % tints}
                />
              ))}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function ShiftPart({ part, tint }: { part: DayPart; tint: number }) {
  const { onCall: texts } = usePeopleTexts();
  const { person, begins, minutes, layer } = part;
  const gap = person === null || !person.active;
  return (
    <span
      className="v-shift"
      data-gap={gap || undefined}
      data-tint={tint}
      data-cover={part.coverId !== null || undefined}
      style={{ flexGrow: minutes }}
      title={layer}
    >
      {begins !== null && begins !== '00:00' && <span className="v-number v-shift-time">{begins}</span>}{' '}
      {person === null ? texts.nobody : person.name}
    </span>
  );
}
