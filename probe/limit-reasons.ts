import type { Language } from '#contract/words.ts';
import type { MetricUnit, Reason, ReasonOf, Verdict } from './check-kind.ts';
import { valueText } from './value-text.ts';

/** A measured value is beyond a limit that the settings name. `metric` is a key of the kind's metric names. */
export type LimitReasons = {
  above: { metric: string; instance: string; value: number; limit: number; unit: string };
  below: { metric: string; instance: string; value: number; limit: number; unit: string };
};

/** Something that counts against the target. */
export interface Finding<Why> {
  readonly verdict: Verdict;
  readonly reason: Why;
}

/** One value with the limit it is held against. */
export interface Limited {
  readonly metric: string;
  /** What of several it is about: a queue, a standby. */
  readonly instance?: string;
  readonly unit: MetricUnit;
  readonly value: number | undefined;
  /** 0 and undefined: there is no limit. */
  readonly limit: number | undefined;
  /** Beyond is above, unless said otherwise. */
  readonly side?: 'above' | 'below';
}

/** What is beyond its limit; what could not be measured is not. */
export function beyondLimits(
  measured: readonly Limited[],
  verdict: Verdict = 'degraded',
): Finding<ReasonOf<LimitReasons>>[] {
  return measured.flatMap(({ metric, instance = '', unit, value, limit, side = 'above' }) => {
    if (value === undefined || limit === undefined || limit === 0) return [];
    const beyond = side === 'above' ? value > limit : value < limit;
    const code = side === 'above' ? ('above' as const) : ('below' as const);
    return beyond ? [{ verdict, reason: { code, data: { metric, instance, value, limit, unit } } }] : [];
  });
}

const weight: Readonly<Record<Verdict, number>> = { down: 3, degraded: 2, unknown: 1, up: 0 };

/** The gravest of the findings, the first of them when several are. */
export function worstFinding<Why>(findings: readonly Finding<Why>[]): Finding<Why> | undefined {
  return findings.toSorted((a, b) => weight[b.verdict] - weight[a.verdict])[0];
}

/** A finding as one line of evidence, for those that are not the one told. */
export function findingLine({ verdict, reason }: Finding<Reason>): string {
  const facts = Object.entries(reason.data).map(([name, value]) => `${name}=${value}`);
  return `${verdict}: ${reason.code}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

const units: ReadonlySet<string> = new Set<MetricUnit>([
  'ms',
  'percent',
  'bytes',
  'bytesPerSecond',
  'perSecond',
  'days',
  'seconds',
  'count',
  'number',
  'bitsPerSecond',
  'celsius',
  'volts',
  'amperes',
  'watts',
  'hertz',
  'revolutionsPerMinute',
  'decibelMilliwatts',
]);

function isUnit(unit: string): unit is MetricUnit {
  return units.has(unit);
}

type LimitTexts = { readonly [Code in keyof LimitReasons]: (data: LimitReasons[Code]) => string };

/** The sentences for values beyond limits, told with the kind's own names of its metrics. */
export function limitTexts(language: Language, metrics: Readonly<Record<string, string>>): LimitTexts {
  const words = {
    en: { above: 'above the limit of', below: 'below the limit of', colon: ':' },
    fr: { above: 'au-dessus de la limite de', below: 'au-dessous de la limite de', colon: '\u00a0:' },
  }[language];
  const tell =
    (side: 'above' | 'below') =>
    ({ metric, instance, value, limit, unit }: LimitReasons['above']): string => {
      const known = isUnit(unit) ? unit : 'number';
      const name = (Object.hasOwn(metrics, metric) ? metrics[metric] : undefined) ?? metric;
      const subject = instance === '' ? name : `${name} (${instance})`;
      const told = valueText(language, value, known);
      return `${subject}${words.colon} ${told}, ${words[side]} ${valueText(language, limit, known)}.`;
    };
  return { above: tell('above'), below: tell('below') };
}
