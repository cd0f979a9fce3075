import { Cron } from 'croner';

/** A maintenance window as far as its turns go. */
export interface WindowPlan {
  readonly startsAt: Date;
  readonly durationMinutes: number;
  readonly repeats: 'never' | 'daily' | 'weekly' | 'monthly' | 'monthlyByDay';
  /** Monday is 1. Empty means the day of the first turn. */
  readonly days: readonly number[];
  readonly timeZone: string;
  readonly lastAt: Date | null;
  readonly endedAt: Date | null;
}

/** One span of agreed work. */
export interface WindowTurn {
  readonly from: Date;
  readonly until: Date;
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly dayOfMonth: number;
  readonly dayOfWeek: number;
}

function localTime(at: Date, timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    minute: Number(parts.get('minute')),
    hour: Number(parts.get('hour')),
    dayOfMonth: Number(parts.get('day')),
    dayOfWeek: dayNames.indexOf(parts.get('weekday') ?? ''),
  };
}

/** The plan as a cron expression in its own time zone: the clock time stays through every change of clock. */
function expressionOf({ startsAt, repeats, days, timeZone }: WindowPlan): string {
  const { minute, hour, dayOfMonth, dayOfWeek } = localTime(startsAt, timeZone);
  const weekdays = (days.length > 0 ? days.map((day) => day % 7) : [dayOfWeek]).join(',');
  if (repeats === 'weekly') return `${minute} ${hour} * * ${weekdays}`;
  if (repeats === 'monthly') return `${minute} ${hour} ${dayOfMonth} * *`;
  if (repeats === 'monthlyByDay') return `${minute} ${hour} * * ${dayOfWeek}#${Math.ceil(dayOfMonth / 7)}`;
  return `${minute} ${hour} * * *`;
}

function turnFrom(plan: WindowPlan, from: Date): WindowTurn | null {
  const until = new Date(from.getTime() + plan.durationMinutes * 60_000);
  if (from < plan.startsAt || (plan.lastAt !== null && from > plan.lastAt)) return null;
  if (plan.endedAt === null || plan.endedAt >= until) return { from, until };
  return plan.endedAt > from ? { from, until: plan.endedAt } : null;
}

/** The turns that touch a period, at most so many, oldest first. A day of 23 or 25 hours has one turn like any other. */
export function windowTurns(plan: WindowPlan, from: Date, until: Date, most = 100): WindowTurn[] {
  const turns: WindowTurn[] = [];
  const take = (start: Date): void => {
    const turn = turnFrom(plan, start);
    if (turn !== null && turn.until > from && turn.from < until) turns.push(turn);
  };
  if (plan.repeats === 'never') {
    take(plan.startsAt);
    return turns;
  }
  const cron = new Cron(expressionOf(plan), { timezone: plan.timeZone, paused: true });
  const earliest = Math.max(plan.startsAt.getTime(), from.getTime() - plan.durationMinutes * 60_000);
  let next = cron.nextRun(new Date(earliest - 1_000));
  while (next !== null && next < until && turns.length < most) {
    take(next);
    next = cron.nextRun(next);
  }
  return turns;
}
