import type { Recommendation, RecommendationKind } from '#contract/advice.ts';
import type { NamedThing } from '#contract/words.ts';
import type { NoiseProposal } from './needs.ts';
import type { FullForecast } from './store-forecast.ts';

/** A value of a finding; amounts and moments are written for their reader when they are told. */
export type FindingValue =
  | string
  | { readonly value: number; readonly unit: string }
  | { readonly at: string }
  /** A series, told by its words. */
  | { readonly checkKind: string; readonly series: string };

/** What a recommender found. */
export interface Finding {
  readonly kind: RecommendationKind;
  /** What it is about within its kind: the same again is the same finding. */
  readonly subject: string;
  readonly about: NamedThing | null;
  /** The words of its sentences, and the evidence in its order. */
  readonly data: Readonly<Record<string, FindingValue>>;
  /** Series that show it, the most telling first. */
  readonly series: readonly number[];
  readonly links: Recommendation['links'];
  /** What it would bring, as a share of the best that could be, and how certain that is: 0 to 1. */
  readonly gainShare: number;
  readonly certainty: number;
  /** How much there is to it, in whatever measure: it is compared with itself only. */
  readonly extent: number;
}

/** A check as recommenders see it. */
export interface AdvisedCheck {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly kind: string;
  readonly intervalMs: number;
  readonly createdAt: Date;
  readonly target: NamedThing;
  /** Changes of state in the last thirty days. */
  readonly changes: number;
}

/** A series with what it was like in the last fortnight, by the hour. */
export interface SeriesStat {
  readonly id: number;
  readonly name: string;
  readonly unit: string;
  readonly check: AdvisedCheck;
  readonly mean: number;
  /** 95th percentile of hourly means. */
  readonly p95: number;
  readonly max: number;
  /** Mean of the first and of the last quarter. */
  readonly begin: number;
  readonly end: number;
  /** Hours with values. */
  readonly hours: number;
}

/** A cause that came again. */
export interface RecurrentCause {
  readonly causeKey: string;
  readonly cause: NamedThing | null;
  readonly count: number;
  readonly outageSeconds: number;
  /** The newest first. */
  readonly incidents: readonly { readonly id: string; readonly number: number }[];
}

/** All that recommenders look at. */
export interface World {
  readonly now: Date;
  readonly checks: readonly AdvisedCheck[];
  readonly stats: readonly SeriesStat[];
  readonly forecasts: readonly FullForecast[];
  readonly noise: readonly NoiseProposal[];
  readonly recurrent: readonly RecurrentCause[];
}

/** Looks at the world and says what it would recommend. Pure: the same world gives the same findings. */
export type Recommender = (world: World) => readonly Finding[];

/** The name of what is measured, without its instance. */
export function metricOf(name: string): string {
  return name.split(':')[0] ?? name;
}

/** The unit of shares, as series are stored with it. */
export const percent = '%';

/** Between 0 and 1. */
export function share(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Certainty grows with what was seen: half after three days, nearly whole after two weeks. */
export function seenFor(hours: number): number {
  return hours / (hours + 72);
}

/** The link to a check. */
export function checkLink({ id, name }: AdvisedCheck): Finding['links'][number] {
  return { kind: 'check', id, name };
}
