import type { TicketKind } from '#contract/desk.ts';
import type { Goal } from '#contract/desk-promise.ts';
import type { LevelPolicy, PromiseStep } from '#contract/desk-levels.ts';
import { minutesOf, minutesText } from './typed-hours.ts';

export const goals: readonly Goal[] = ['first', 'next', 'resolution'];
export const priorities = ['critical', 'high', 'normal', 'low'] as const;
type Priority = (typeof priorities)[number];

/** A policy as it is typed. */
export interface PolicyDraft {
  readonly nameEn: string;
  readonly nameFr: string;
  readonly calendarId: string;
  readonly position: number;
  readonly active: boolean;
  readonly kinds: readonly TicketKind[];
  readonly domains: string;
  readonly times: Readonly<Record<Goal, Readonly<Record<Priority, string>>>>;
  readonly pausesFor: LevelPolicy['pausesFor'];
  readonly steps: readonly PromiseStep[];
  readonly priorities: LevelPolicy['match']['priorities'];
  readonly categoryIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly requesterIds: readonly string[];
}

const noTimes: Readonly<Record<Priority, string>> = { low: '', normal: '', high: '', critical: '' };

export function emptyPolicy(calendarId: string): PolicyDraft {
  return {
    nameEn: '',
    nameFr: '',
    calendarId,
    position: 0,
    active: true,
    kinds: [],
    domains: '',
    times: {
      first: { low: '8 h', normal: '4 h', high: '1 h', critical: '15 min' },
      next: noTimes,
      resolution: { low: '', normal: '24 h', high: '8 h', critical: '4 h' },
    },
    pausesFor: ['requester', 'supplier'],
    steps: [],
    priorities: [],
    categoryIds: [],
    teamIds: [],
    requesterIds: [],
  };
}

function typed(times: LevelPolicy['first']): Readonly<Record<Priority, string>> {
  const { low, normal, high, critical } = times;
  return {
    low: minutesText(low),
    normal: minutesText(normal),
    high: minutesText(high),
    critical: minutesText(critical),
  };
}

export function policyDraft(policy: LevelPolicy): PolicyDraft {
  const { kinds, domains, ...rest } = policy.match;
  return {
    nameEn: policy.name.en,
    nameFr: policy.name.fr,
    calendarId: policy.calendarId,
    position: policy.position,
    active: policy.active,
    kinds,
    domains: domains.join(' '),
    times: { first: typed(policy.first), next: typed(policy.next), resolution: typed(policy.resolution) },
    pausesFor: policy.pausesFor,
    steps: policy.steps,
    ...rest,
  };
}

function read(times: Readonly<Record<Priority, string>>): LevelPolicy['first'] | null {
  const [low, normal, high, critical] = [times.low, times.normal, times.high, times.critical].map(minutesOf);
  if (low === undefined || normal === undefined || high === undefined || critical === undefined) return null;
  return { low, normal, high, critical };
}

/** What was typed as the contract wants it; null while a time cannot be read. */
export function policyOf(draft: PolicyDraft, id: string): LevelPolicy | null {
  const [first, next, resolution] = [read(draft.times.first), read(draft.times.next), read(draft.times.resolution)];
  if (first === null || next === null || resolution === null) return null;
  return {
    id,
    name: { en: draft.nameEn || draft.nameFr, fr: draft.nameFr || draft.nameEn },
    calendarId: draft.calendarId,
    position: draft.position,
    active: draft.active,
    match: {
      kinds: [...draft.kinds],
      priorities: [...draft.priorities],
      categoryIds: [...draft.categoryIds],
      teamIds: [...draft.teamIds],
      requesterIds: [...draft.requesterIds],
      domains: draft.domains.split(/[\s,;]+/u).filter((one) => one !== ''),
    },
    first,
    next,
    resolution,
    pausesFor: draft.pausesFor,
    steps: [...draft.steps],
  };
}
