import type { Channel } from '#contract/notify.ts';

type Priority = Channel['from'];
export type About = 'opened' | 'reminder' | 'acknowledged' | 'solved' | 'resolved';
/** Why a notice is written into the log and not sent. */
export type Hold = 'silenced' | 'maintenance' | 'below_threshold' | 'switched_off' | 'demonstration' | 'quiet_hours';

/** What a channel asks for. */
export interface ChannelNow {
  readonly active: boolean;
  /** True in the demonstration: nothing leaves it. */
  readonly demonstration?: boolean;
  /** Incidents that were opened before are none of its business. */
  readonly activeSince: Date;
  readonly leastPriority: Priority;
  /** 0: no reminders. */
  readonly reminderMinutes: number;
  /** Whether it is to be told by now: of everything, by a route, or by a policy's step that has come. */
  readonly reached: boolean;
  /** True in its person's quiet hours, for a notice that does not get through them. */
  readonly quiet: boolean;
  /** Whether its service is told that somebody took the incident. */
  readonly tellsTaking: boolean;
  /** The last moment at which a policy's repetition recalls the incident here; null when none has come. */
  readonly recallDue: Date | null;
}

/** A ticket as it is now, whatever led to it. */
export interface TicketNow {
  readonly state: 'open' | 'in_progress' | 'solved' | 'resolved';
  readonly priority: Priority;
  readonly silenced: boolean;
  /** What silences it, where that is known to be agreed work. */
  readonly heldFor?: 'silenced' | 'maintenance' | undefined;
  /** 1, and one more each time that it failed again after all was well. */
  readonly round: number;
  readonly openedAt: Date;
  /** When the present round was first told of to anybody; now, when that was never done. */
  readonly roundBegan?: Date;
  readonly acknowledgedAt: Date | null;
  readonly goodSince: Date | null;
}

/** A notice of this ticket to this channel that is in the log already. */
export interface PastNotice {
  readonly about: About;
  readonly round: number;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'held';
  readonly at: Date;
  /** Why it is held, where that is known. */
  readonly reason?: string | null;
}

/** A notice to write into the log: to be sent, or held for a reason. A held one of the same round is released by it. */
export interface DueNotice {
  readonly about: About;
  readonly round: number;
  readonly hold: Hold | null;
}

const order: readonly Priority[] = ['low', 'normal', 'high', 'critical'];

/** Why a channel sends nothing at all. */
export function stopOf({ active, demonstration = false }: Pick<ChannelNow, 'active' | 'demonstration'>): Hold | null {
  if (demonstration) return 'demonstration';
  return active ? null : 'switched_off';
}

/** Why a recovery waits: it is never swallowed, but it need not wake anybody. */
function pauseOf(channel: ChannelNow): Hold | null {
  return stopOf(channel) ?? (channel.quiet ? 'quiet_hours' : null);
}

function holdOf(ticket: TicketNow, channel: ChannelNow): Hold | null {
  const stop = stopOf(channel);
  if (stop !== null) return stop;
  if (ticket.silenced) return ticket.heldFor ?? 'silenced';
  if (order.indexOf(ticket.priority) < order.indexOf(channel.leastPriority)) return 'below_threshold';
  return channel.quiet ? 'quiet_hours' : null;
}

/** What the channel's readers believe by what was sent to them. */
function believed(past: readonly PastNotice[]): 'nothing' | 'failing' | 'well' {
  const last = past.findLast(
    ({ about, state }) => about !== 'reminder' && about !== 'acknowledged' && state !== 'held',
  );
  if (last === undefined) return 'nothing';
  return last.about === 'opened' ? 'failing' : 'well';
}

/**
 * What is still to be told to a channel about a ticket, given what it was told, oldest first. Readers hear of an
 * opening and of a recovery in turn, each once; who was told of the one is told of the other, however the routes have
 * changed since, and who was not is not. It looks at the state alone, since facts come late, twice and in any order.
 */
export function dueNotices(ticket: TicketNow, channel: ChannelNow, past: readonly PastNotice[]): DueNotice[] {
  const { round } = ticket;
  const well = ticket.state === 'solved' || ticket.state === 'resolved';
  const belief = believed(past);
  // A person's word ends what was never seen to be well again.
  const recovery = ticket.goodSince === null ? 'resolved' : 'solved';
  if (belief === 'failing') {
    if (well) return due(past, { about: recovery, round, hold: pauseOf(channel) });
    return channel.tellsTaking && ticket.acknowledgedAt !== null ? taking(ticket, channel, past) : [];
  }
  if (!channel.reached) return [];
  const hold = holdOf(ticket, channel);
  if (belief === 'well') return well ? [] : due(past, { about: 'opened', round, hold });
  if (ticket.openedAt < channel.activeSince && !failsAnew(ticket, channel)) return [];
  const isKnown = past.some(({ about }) => about === 'opened');
  // Held until now, and in somebody's hands by now: there is nobody to call any more.
  if (isKnown && ticket.acknowledgedAt !== null) return [];
  if (!well) return due(past, { about: 'opened', round, hold });
  if (isKnown) return [];
  return [{ about: 'opened', round, hold }, ...(hold === null ? [{ about: recovery, round, hold } as const] : [])];
}

/** An incident from before the channel that fails again is news to it; what is over by now is not. */
function failsAnew({ state, round, roundBegan }: TicketNow, { activeSince }: ChannelNow): boolean {
  const lasts = state === 'open' || state === 'in_progress';
  return lasts && round > 1 && roundBegan !== undefined && roundBegan >= activeSince;
}

/** Said once in each round; a service that is not told goes on ringing. */
function taking({ round }: TicketNow, channel: ChannelNow, past: readonly PastNotice[]): DueNotice[] {
  return past.some((one) => one.about === 'acknowledged' && one.round === round) || stopOf(channel) !== null
    ? []
    : [{ about: 'acknowledged', round, hold: null }];
}

/** A notice that is not in the log yet, or is held there and may now be sent, or is held for another reason by now. */
function due(past: readonly PastNotice[], notice: DueNotice): DueNotice[] {
  const known = past.find(({ about, round }) => about === notice.about && round === notice.round);
  if (known === undefined) return [notice];
  if (known.state !== 'held') return [];
  const isSame = known.reason === undefined || known.reason === notice.hold;
  return notice.hold !== null && isSame ? [] : [notice];
}

/** The reminder that is due now, if one is: of an incident that was told of, lasts, and nobody has in hand. */
export function dueReminder(
  ticket: TicketNow,
  channel: ChannelNow,
  past: readonly PastNotice[],
  now: Date,
): DueNotice | null {
  const lasts = ticket.state !== 'solved' && ticket.state !== 'resolved';
  if (!lasts || ticket.acknowledgedAt !== null) return null;
  if (believed(past) !== 'failing' || holdOf(ticket, channel) !== null) return null;
  // While one waits for a server that is down, another would only pile up behind it.
  if (past.some(({ state }) => state === 'waiting')) return null;
  const last = past.findLast(({ about, state }) => state !== 'held' && (about === 'opened' || about === 'reminder'));
  if (last === undefined) return null;
  const { reminderMinutes, recallDue } = channel;
  const byChannel = reminderMinutes > 0 && now.getTime() - last.at.getTime() >= reminderMinutes * 60_000;
  const byPolicy = recallDue !== null && recallDue <= now && last.at < recallDue;
  if (!byChannel && !byPolicy) return null;
  return { about: 'reminder', round: past.filter(({ about }) => about === 'reminder').length + 1, hold: null };
}
