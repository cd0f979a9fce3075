import type { Recommendation } from '#contract/advice.ts';
import { durationText } from '#texts/duration.ts';
import { recommendationTexts as en } from '#texts/en/advice-recommendations.ts';
import { recommendationTexts as fr } from '#texts/fr/advice-recommendations.ts';
import type { FindingValue } from './finding.ts';
import type { StoredRecommendation } from './store-recommendation.ts';
import { dayText, type Telling } from './tell-forecast.ts';

const texts = { en, fr };

function valueText(value: FindingValue, { needs, language, zone }: Telling): string {
  if (typeof value === 'string') return value;
  if ('at' in value) return dayText(new Date(value.at), language, zone);
  if ('series' in value) return needs.labelOf(value.checkKind, value.series, language);
  if (value.unit === 'seconds') return durationText(value.value, language);
  return needs.amount(language, value.value, value.unit);
}

/** What the remedy brought, once it was measured. */
function measuredText(each: StoredRecommendation, unit: string, tell: Telling): string | null {
  const { measuredBefore: before, measuredAfter: after } = each;
  if (before === null || after === null) return null;
  const amount = (value: number): string => tell.needs.amount(tell.language, value, unit);
  return texts[tell.language].measured(amount(before), amount(after));
}

/** The unit of its first series, as one of its values has it. */
function unitOf({ data }: StoredRecommendation): string {
  const amounts = Object.values(data).flatMap((value) =>
    typeof value === 'object' && 'unit' in value && value.unit !== 'number' ? [value.unit] : [],
  );
  return amounts[0] ?? 'number';
}

/** A recommendation as it is told. */
export function tellRecommendation(each: StoredRecommendation, tell: Telling): Recommendation {
  const words = texts[tell.language];
  const say = words.kinds[each.kind];
  const said = Object.fromEntries(Object.entries(each.data).map(([name, value]) => [name, valueText(value, tell)]));
  const word = (name: string): string => said[name] ?? '';
  return {
    id: each.id,
    kind: each.kind,
    about: each.about,
    title: say.title(word),
    finding: say.finding(word),
    gain: say.gain(word),
    remedy: say.remedy(word),
    weight: Number(each.weight.toPrecision(4)),
    gainShare: Number(each.gainShare.toPrecision(3)),
    certainty: Number(each.certainty.toPrecision(3)),
    importance: Number(each.importance.toPrecision(3)),
    state: each.state,
    evidence: Object.entries(said).flatMap(([name, value]) => {
      const label = words.evidence[name];
      return label === undefined || value === '' ? [] : [{ label, value }];
    }),
    series: [...each.series],
    links: each.links.map((link) => (link.kind === 'forecast' ? { ...link, name: word('what') } : link)),
    firstSeenAt: each.firstSeenAt.toISOString(),
    lastSeenAt: each.lastSeenAt.toISOString(),
    decidedAt: each.decidedAt?.toISOString() ?? null,
    decidedBy: each.decidedBy,
    reason: each.reason,
    measured: measuredText(each, unitOf(each), tell),
    ticketId: each.ticketId,
  };
}
