import type { CheckContext, CheckKind, KindResult, Metric, MetricUnit, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { counterRates } from '#probe/snmp/counter-rates.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { numberOf, snmpTypes, textOf, type SnmpValue } from '#probe/snmp/snmp-value.ts';
import { systemObjects } from '#probe/snmp/system-objects.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { fitsPattern } from '#probe/text-pattern.ts';
import { snmpSettings, type SnmpSettings } from './settings.ts';
import { snmpKindTexts, type SnmpKindReasons } from './texts.ts';

const kind: CheckKind<SnmpSettings, SnmpKindReasons> = {
  name: 'snmp',
  settings: snmpSettings,
  texts: snmpKindTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 5_000 },
  requires: 'network',
  run: (settings, target, context) =>
    withSnmp(settings, target, context, (session) => look(settings, session, context)),
  propose: ({ answersSnmp, snmpParts = [] }) => {
    // An engine of v3 shows itself to strangers; who it lets in has to be typed.
    if (answersSnmp === 'v3') return [{ settings: { version: '3' }, recommended: false }];
    return answersSnmp === 'public' ? [{ settings: {}, recommended: snmpParts.length === 0 }] : [];
  },
};

/** Any values of an SNMP agent. */
export const snmp = defineKind(kind);

interface Wanted {
  readonly name: string;
  readonly oid: string;
}

interface Seen extends Wanted {
  readonly given: SnmpValue | undefined;
  /** The number that limits and charts go by: counters as rates, ticks as seconds, scaled. */
  readonly value: number | undefined;
  readonly unit: MetricUnit;
}

/** Reads one line of the settings. */
export function wantedOf(line: string): Wanted {
  const at = line.lastIndexOf('=');
  const oid = line
    .slice(at + 1)
    .trim()
    .replace(/^\./u, '');
  return { name: at < 0 ? oid : line.slice(0, at).trim(), oid };
}

async function look(
  settings: SnmpSettings,
  session: SnmpSession,
  context: CheckContext,
): Promise<Omit<KindResult<SnmpKindReasons>, 'durationMs'>> {
  const wanted = settings.values.map(wantedOf);
  const [uptime, ...given] = await session.get([systemObjects.uptime, ...wanted.map(({ oid }) => oid)]);
  using rates = counterRates(context, uptime);
  const seen = wanted.map((each, at): Seen => {
    const value = given[at];
    const counter = value?.type === snmpTypes.counter32 || value?.type === snmpTypes.counter64;
    const ticks = value?.type === snmpTypes.ticks;
    const number = counter ? rates.rate(each.oid, value) : numberOf(value);
    return {
      ...each,
      given: value,
      value: number === undefined ? undefined : (number * settings.scale) / (ticks ? 100 : 1),
      unit: settings.unit !== 'number' ? settings.unit : counter ? 'perSecond' : ticks ? 'seconds' : 'number',
    };
  });
  const finding = worstFinding(findings(settings, seen));
  const metrics = seen.flatMap(({ name, unit, value }): Metric[] =>
    value === undefined ? [] : [{ name: `value:${name}`, unit, value }],
  );
  const output = sanitiseOutput(seen.map(({ name, given: value }) => `${name}: ${evidenceOf(value)}`).join('\n'));
  return { ...(finding ?? { verdict: 'up', reason: fine(seen) }), output, metrics };
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** Hundredths of a second as a time, as snmpget shows them: days, hours, minutes and seconds. */
function evidenceOf(value: SnmpValue | undefined): string {
  const ticks = value?.type === snmpTypes.ticks ? numberOf(value) : undefined;
  if (ticks === undefined) return textOf(value);
  const seconds = Math.floor(ticks / 100);
  const clock = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':');
  return `${Math.floor(seconds / 86_400)} d ${clock} (${ticks})`;
}

function fine(seen: readonly Seen[]): ReasonOf<SnmpKindReasons> {
  const [first] = seen;
  if (seen.length === 1 && first?.given?.type === snmpTypes.ticks)
    return { code: 'lasting', data: { name: first.name, seconds: Math.floor((numberOf(first.given) ?? 0) / 100) } };
  return seen.length === 1 && first !== undefined
    ? { code: 'value', data: { name: first.name, value: textOf(first.given).slice(0, 200) } }
    : { code: 'values', data: { count: seen.length } };
}

function findings(settings: SnmpSettings, seen: readonly Seen[]): Finding<ReasonOf<SnmpKindReasons>>[] {
  const found: Finding<ReasonOf<SnmpKindReasons>>[] = [];
  for (const { name, oid, given, value, unit } of seen) {
    if (given === undefined) {
      found.push({ verdict: 'down', reason: { code: 'noSuchValue', data: { name, oid } } });
      continue;
    }
    const text = textOf(given);
    if (settings.expected !== '' && !fitsPattern(text.slice(0, 2_000), settings.expected)) {
      const data = { name, expected: settings.expected, found: text.slice(0, 200) };
      found.push({ verdict: 'down', reason: { code: 'otherValue', data } });
    }
    const limited = (side: 'above' | 'below', limit: string, verdict: 'degraded' | 'down'): void => {
      if (limit === '' || value === undefined) return;
      const beyond = side === 'above' ? value > Number(limit) : value < Number(limit);
      if (!beyond) return;
      const data = { metric: 'value', instance: name, value, limit: Number(limit), unit };
      found.push({ verdict, reason: { code: side, data } });
    };
    limited('above', settings.downAbove, 'down');
    limited('below', settings.downBelow, 'down');
    limited('above', settings.warnAbove, 'degraded');
    limited('below', settings.warnBelow, 'degraded');
  }
  return found;
}
