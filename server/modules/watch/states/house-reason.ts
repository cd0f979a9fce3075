import type { Anomaly } from '#analyse/anomalies/reason.ts';
import { tellAnomaly } from '#analyse/anomalies/tell-anomaly.ts';
import { anomalyKind } from '#contract/advice-anomalies.ts';
import { ruleOperator } from '#contract/rule.ts';
import type { Language } from '#contract/words.ts';
import type { Reason, ReasonData } from '#probe/check-kind.ts';
import { watchReasons as en } from '#texts/en/watch-reasons.ts';
import { watchReasons as fr } from '#texts/fr/watch-reasons.ts';
import { amountText, measureText, spanText } from './measure-text.ts';

const words = { en, fr };

function textOf(data: ReasonData, name: string): string {
  return String(data[name] ?? '');
}

function numberOf(data: ReasonData, name: string): number {
  const value = data[name];
  return typeof value === 'number' ? value : 0;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An anomaly from the words of an `anomaly` reason; amounts are written as texts, for they may be very small. */
function readAnomaly(data: ReasonData): Anomaly {
  return {
    kind: anomalyKind.catch('level').parse(data['what']),
    expected: Number(textOf(data, 'expected')),
    seen: Number(textOf(data, 'seen')),
    sinceMs: numberOf(data, 'since'),
  };
}

/** What of the own line fails, from the words of an `own_line` reason. */
function lineFault(data: ReasonData, language: Language): string {
  const say = words[language];
  switch (textOf(data, 'fault')) {
    case 'link':
      return say.linkDown(textOf(data, 'what'));
    case 'gateway':
      return say.gatewaySilent(textOf(data, 'what'));
    case 'resolver':
      return say.resolverSilent(textOf(data, 'what'));
    case 'references':
      return say.referencesSilent(numberOf(data, 'count'));
    default:
      return say.noDefaultRoute;
  }
}

/** A reason that Vigie gives whatever the kind of check, as a sentence; null when it is one of the kind's own. */
export function houseReason(
  { code, data }: Reason,
  language: Language,
  metricLabel: (name: string) => string,
): string | null {
  const say = words[language];
  const what = metricLabel(textOf(data, 'metric'));
  const amount = (name: string): string => measureText(language, numberOf(data, name), textOf(data, 'unit'));
  const forSeconds = numberOf(data, 'forSeconds');
  const lasting = forSeconds > 0 ? say.lasting(spanText(language, forSeconds)) : '';
  switch (code) {
    case 'rule_broken': {
      const operator = ruleOperator.catch('above').parse(data['operator']);
      return `${say.ruleBroken(what, amount('value'), operator, amount('limit'))}${lasting}.`;
    }
    case 'rule_not_clear':
      return `${say.ruleNotClear(what, amount('value'), amount('clear'))}.`;
    case 'rule_no_data':
      return `${say.ruleNoData(what)}${lasting}.`;
    case 'own_line':
      return say.ownLine(lineFault(data, language));
    case 'secret_elsewhere':
      return say.secretElsewhere(textOf(data, 'from'), textOf(data, 'to'));
    case 'anomaly': {
      const unit = textOf(data, 'unit');
      const sentence = tellAnomaly(readAnomaly(data), language, zone, (value) => amountText(language, value, unit));
      return `${what}${say.colon}${sentence}`;
    }
    case 'paused':
      return say.paused;
    default:
      return null;
  }
}
