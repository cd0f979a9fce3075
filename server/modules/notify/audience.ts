import type { QuietHours, Target, policyStep } from '#contract/notify-routes.ts';
import type { Channel } from '#contract/notify.ts';
import type { ThingRef } from '#contract/words.ts';
import { localTimeOf } from '#platform/zoned-time.ts';
import type { z } from 'zod';

type Priority = Channel['from'];

/** One station of the way to a channel: `step` counts from 1. */
export interface Way {
  readonly code: 'everything' | 'route' | 'policy' | 'rota' | 'team' | 'person';
  readonly name: string;
  readonly step?: number | undefined;
  /** Of a route: the tag that led to it, where one did. */
  readonly tag?: string | undefined;
}

/** A way by which a channel is told of an incident, so many minutes after it was opened. */
export interface Reach {
  readonly channelId: string;
  readonly afterMinutes: number;
  readonly ways: readonly Way[];
  /** Every minute at which a policy tells it again while nobody has the incident. */
  readonly recallMinutes: readonly number[];
}

/** Whom a route leads to in vain. */
export interface Missing {
  readonly code: 'nobody_on_call' | 'no_channel' | 'empty_team' | 'gone';
  readonly name: string;
}

export interface ReachedChannel {
  readonly id: string;
  readonly everything: boolean;
  readonly personId: string | null;
  readonly afterMinutes: number;
}

export interface RouteRecord {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly from: Priority;
  readonly things: readonly ThingRef[];
  readonly tags: readonly string[];
  readonly targets: readonly Target[];
  readonly goesOn: boolean;
}

export interface PolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly z.infer<typeof policyStep>[];
  readonly repeats: number;
  readonly repeatMinutes: number;
}

/** Everything that says who is told, as it is now. */
export interface Directory {
  readonly channels: readonly ReachedChannel[];
  /** In their order. */
  readonly routes: readonly RouteRecord[];
  readonly policies: ReadonlyMap<string, PolicyRecord>;
  readonly onCall: ReadonlyMap<string, { readonly name: string; readonly personId: string | null }>;
  readonly teams: ReadonlyMap<string, { readonly name: string; readonly personIds: readonly string[] }>;
  readonly persons: ReadonlyMap<string, { readonly name: string; readonly active: boolean }>;
  /** What carries each of the tags that routes name, by `thingKey`. */
  readonly tagged: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What an incident is about: its cause, what that stands on, and what suffers with it. */
export interface Subject {
  readonly priority: Priority;
  readonly things: ReadonlySet<string>;
}

export function thingKey({ kind, id }: ThingRef): string {
  return `${kind} ${id}`;
}

const order: readonly Priority[] = ['low', 'normal', 'high', 'critical'];

/** The way through a route, with the tag that led there; null when it leads elsewhere. */
function wayThrough(
  { active, name, from, things, tags }: RouteRecord,
  { priority, things: about }: Subject,
  tagged: Directory['tagged'],
): Way | null {
  if (!active || order.indexOf(priority) < order.indexOf(from)) return null;
  const way = { code: 'route', name } as const;
  if (things.length === 0 && tags.length === 0) return way;
  if (things.some((thing) => about.has(thingKey(thing)))) return way;
  const tag = tags.find((each) => [...(tagged.get(each) ?? [])].some((key) => about.has(key)));
  return tag === undefined ? null : { ...way, tag };
}

interface Found {
  readonly reaches: Reach[];
  readonly missing: Missing[];
}

function toPerson(directory: Directory, personId: string, so: Omit<Reach, 'channelId'>): Found {
  const person = directory.persons.get(personId);
  if (person === undefined || !person.active)
    return { reaches: [], missing: [{ code: 'gone', name: person?.name ?? '' }] };
  const channels = directory.channels.filter((channel) => channel.personId === personId);
  const missing: Missing[] = channels.length === 0 ? [{ code: 'no_channel', name: person.name }] : [];
  const ways = [...so.ways, { code: 'person', name: person.name } as const];
  const reaches = channels.map(({ id, afterMinutes }) => ({
    channelId: id,
    ways,
    afterMinutes: so.afterMinutes + afterMinutes,
    recallMinutes: so.recallMinutes.map((minutes) => minutes + afterMinutes),
  }));
  return { reaches, missing };
}

function together(all: readonly Found[]): Found {
  return { reaches: all.flatMap(({ reaches }) => reaches), missing: all.flatMap(({ missing }) => missing) };
}

function toTarget(directory: Directory, target: Target, so: Omit<Reach, 'channelId'>): Found {
  const gone: Found = { reaches: [], missing: [{ code: 'gone', name: so.ways.at(-1)?.name ?? '' }] };
  switch (target.kind) {
    case 'channel': {
      const channel = directory.channels.find(({ id }) => id === target.id);
      return channel === undefined ? gone : { reaches: [{ ...so, channelId: channel.id }], missing: [] };
    }
    case 'person':
      return toPerson(directory, target.id, so);
    case 'team': {
      const team = directory.teams.get(target.id);
      if (team === undefined) return gone;
      if (team.personIds.length === 0) return { reaches: [], missing: [{ code: 'empty_team', name: team.name }] };
      const ways = [...so.ways, { code: 'team', name: team.name } as const];
      return together(team.personIds.map((personId) => toPerson(directory, personId, { ...so, ways })));
    }
    case 'rota': {
      const rota = directory.onCall.get(target.id);
      if (rota === undefined) return gone;
      if (rota.personId === null) return { reaches: [], missing: [{ code: 'nobody_on_call', name: rota.name }] };
      return toPerson(directory, rota.personId, { ...so, ways: [...so.ways, { code: 'rota', name: rota.name }] });
    }
    case 'policy': {
      const policy = directory.policies.get(target.id);
      return policy === undefined ? gone : toPolicy(directory, policy, so);
    }
    default:
      return gone;
  }
}

/** Every step in turn, then all of them again as often as the policy says. */
function toPolicy(directory: Directory, policy: PolicyRecord, so: Omit<Reach, 'channelId'>): Found {
  const { steps, repeats, repeatMinutes, name } = policy;
  const cycle = Math.max(0, ...steps.map(({ afterMinutes }) => afterMinutes)) + repeatMinutes;
  return together(
    steps.flatMap(({ afterMinutes, targets }, index) => {
      const at = so.afterMinutes + afterMinutes;
      const step: Omit<Reach, 'channelId'> = {
        afterMinutes: at,
        ways: [...so.ways, { code: 'policy', name, step: index + 1 }],
        recallMinutes: Array.from({ length: repeats }, (_none, again) => at + (again + 1) * cycle),
      };
      return targets.map((target) => toTarget(directory, target, step));
    }),
  );
}

/**
 * Everybody who is told of an incident, each channel with every way that leads to it. It depends on who is on call now:
 * whoever takes over while nobody has the incident is told of it too.
 */
export function audienceOf(directory: Directory, subject: Subject): Found {
  const found: Found[] = directory.channels
    .filter(({ everything }) => everything)
    .map(({ id, afterMinutes }) => ({
      reaches: [{ channelId: id, afterMinutes, ways: [{ code: 'everything', name: '' }], recallMinutes: [] }],
      missing: [],
    }));
  for (const route of directory.routes) {
    const way = wayThrough(route, subject, directory.tagged);
    if (way === null) continue;
    const so = { afterMinutes: 0, ways: [way], recallMinutes: [] };
    found.push(...route.targets.map((target) => toTarget(directory, target, so)));
    if (!route.goesOn) break;
  }
  return together(found);
}

/** How far an incident has come, in minutes: it escalates no further once somebody has it, or it is well. */
export function escalatedMinutes(
  startedAt: Date,
  { acknowledgedAt, goodSince, isOver }: { acknowledgedAt: Date | null; goodSince: Date | null; isOver: boolean },
  now: Date,
): number {
  const ends = [
    now,
    ...(acknowledgedAt === null ? [] : [acknowledgedAt]),
    ...(isOver && goodSince !== null ? [goodSince] : []),
  ];
  const until = Math.min(...ends.map((end) => end.getTime()));
  return Math.max(0, (until - startedAt.getTime()) / 60_000);
}

/** What the ways to one channel come to by now. */
export interface Standing {
  readonly reached: boolean;
  readonly ways: readonly (readonly Way[])[];
  readonly byRota: boolean;
  /** The last moment by now at which a policy tells it again. */
  readonly recallDue: Date | null;
}

export function standingOf(reaches: readonly Reach[], startedAt: Date, minutes: number): Standing {
  const come = reaches.filter(({ afterMinutes }) => afterMinutes <= minutes);
  const recalls = reaches.flatMap(({ recallMinutes }) => recallMinutes).filter((recall) => recall <= minutes);
  return {
    reached: come.length > 0,
    ways: come.map(({ ways }) => ways),
    byRota: come.some(({ ways }) => ways.some(({ code }) => code === 'rota')),
    recallDue: recalls.length === 0 ? null : new Date(startedAt.getTime() + Math.max(...recalls) * 60_000),
  };
}

/** Whether a moment lies in somebody's quiet hours, by the clocks where they are. */
export function isQuiet(hours: QuietHours, at: Date): boolean {
  if (!hours.active) return false;
  const { time, weekday } = localTimeOf(hours.timeZone, at);
  if (hours.days.includes(weekday)) return true;
  const { from, until } = hours;
  if (from === until) return false;
  return from < until ? time >= from && time < until : time >= from || time < until;
}

/** Whether a notice has to wait for the end of quiet hours. */
export function waitsForMorning(
  hours: QuietHours | undefined,
  { priority, byRota, at }: { priority: Priority; byRota: boolean; at: Date },
): boolean {
  if (hours === undefined || !isQuiet(hours, at)) return false;
  if (byRota && hours.onCallThrough) return false;
  return hours.through === null || order.indexOf(priority) < order.indexOf(hours.through);
}
