import { systemClock } from '#platform/clock.ts';
import { askService } from '../ask-service.ts';
import type { Means, Message } from '../channel-kind.ts';
import { channelKinds } from '../channel-kinds.ts';
import type { Outcome, Receipt } from '../retry.ts';
import { wordNotice } from '../wording.ts';

const ticketId = '019a0000-0000-7000-8000-000000000012';
/** What all that is told of the incident is told under. */
export const thread = `vigie-${ticketId}`;
/** An incident whose title means something to every service that reads markup. */
export const incident = {
  number: 12,
  ticketId,
  title: { en: 'web-1: <b>refused</b> & [gone](http://evil) @all', fr: 'web-1' },
  priority: 'critical',
  cause: 'web-1',
  failingSince: '2026-11-20T08:00:00.000Z',
  goodSince: null,
  outageSeconds: null,
  causeText: '',
  remedyText: '',
  resolvedBy: '',
};
export const link = `https://vigie.test/desk/tickets/${ticketId}`;

/** What is told of the incident, as a channel sends it. */
export function message(phase: Message['phase'], receipt: Receipt | null = null): Message {
  const about = {
    opens: 'opened',
    closes: 'solved',
    takes: 'acknowledged',
    recalls: 'opened',
    other: 'opened',
  } as const;
  const notice =
    about[phase] === 'acknowledged'
      ? { about: 'acknowledged' as const, ...incident, by: 'Ann' }
      : { about: about[phase], ...incident };
  return {
    id: '019a0000-0000-7000-8000-00000000aaaa',
    at: new Date('2026-11-20T08:00:30.000Z'),
    language: 'en',
    notice,
    wording: wordNotice(notice, 'en', 'https://vigie.test'),
    phase,
    priority: 'critical',
    thread,
    receipt,
  };
}

/** Never aborted. */
export const sending = new AbortController().signal;
const means: Means = {
  signal: sending,
  mailServer: async () => null,
  ask: (asked, reading) =>
    askService(asked, {
      reach: 'administrator',
      signal: sending,
      clock: systemClock,
      ...(reading === undefined ? {} : { reading }),
    }),
};

type Kind = keyof typeof channelKinds;
/** Sends by a kind of channel, with settings as a person gives them. */
export function send(kind: Kind, settings: Record<string, unknown>, told: Message): Promise<Outcome> {
  const read = channelKinds[kind].read(settings);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return channelKinds[kind].send(read.settings, told, means);
}
