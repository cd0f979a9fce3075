import type { CheckContext, CheckKind, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { counterRates, type CounterRates } from '#probe/snmp/counter-rates.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { systemObjects } from '#probe/snmp/system-objects.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { fitsOneOf } from '#probe/text-pattern.ts';
import { missingInterfaces } from './interfaces-up.ts';
import { isPhysical, readInterfaces, type Interface } from './read-interfaces.ts';
import { snmpInterfacesSettings, type SnmpInterfacesSettings } from './settings.ts';
import { snmpInterfacesTexts, type SnmpInterfacesReasons } from './texts.ts';

const kind: CheckKind<SnmpInterfacesSettings, SnmpInterfacesReasons> = {
  name: 'snmp-interfaces',
  settings: snmpInterfacesSettings,
  texts: snmpInterfacesTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'network',
  run: (settings, target, context) =>
    withSnmp(settings, target, context, (session) => look(settings, session, context)),
  propose: ({ snmpParts }) => (snmpParts?.includes('interfaces') === true ? [{ settings: {}, recommended: true }] : []),
};

/** The interfaces of a switch, a router or a machine: state, traffic, errors. */
export const snmpInterfaces = defineKind(kind);

/** What one interface did since the run before; undefined where that is not known. */
export interface Traffic {
  readonly each: Interface;
  readonly in: number | undefined;
  readonly out: number | undefined;
  readonly usePercent: number | undefined;
  readonly errors: number | undefined;
  readonly discards: number | undefined;
}

// Series a check may have; with more interfaces than fit, the finer figures of all are left out.
const mostSeries = 500;
const namesTold = 5;

async function look(
  settings: SnmpInterfacesSettings,
  session: SnmpSession,
  context: CheckContext,
): Promise<Omit<KindResult<SnmpInterfacesReasons>, 'durationMs'>> {
  const [uptime] = await session.get([systemObjects.uptime]);
  const { all, cut } = await readInterfaces(session);
  const chosen = all.filter((each) => isChosen(settings, each));
  if (chosen.length === 0) {
    return { verdict: 'unknown', reason: { code: 'noInterfaces', data: { all: all.length } }, output: '', metrics: [] };
  }
  using rates = counterRates(context, uptime);
  const traffic = chosen.map((each) => trafficOf(each, rates));
  const found = findings(settings, traffic, chosen, context);
  const up = chosen.filter(({ oper }) => oper === 1).length;
  const fine: ReasonOf<SnmpInterfacesReasons> = { code: 'interfaces', data: { up, count: chosen.length } };
  const metrics: Metric[] = [{ name: 'up', unit: 'count', value: up }, ...metricsOf(traffic)];
  const note = cut ? '\n…' : '';
  return {
    ...(worstFinding(found) ?? { verdict: 'up', reason: fine }),
    output: sanitiseOutput(traffic.map(line).join('\n') + note),
    metrics,
  };
}

function isChosen({ include, exclude, physicalOnly }: SnmpInterfacesSettings, each: Interface): boolean {
  if (physicalOnly && !isPhysical(each)) return false;
  const fits = (patterns: string): boolean => [each.name, each.alias].some((name) => fitsOneOf(name, patterns));
  return fits(include) && !fits(exclude);
}

function trafficOf(each: Interface, rates: CounterRates): Traffic {
  const { counters, bitsPerSecond, index } = each;
  const most = bitsPerSecond > 0 ? bitsPerSecond / 8 : Number.POSITIVE_INFINITY;
  const bits = (way: 'in' | 'out'): number | undefined => {
    const rate = rates.rate(`${index}.${way}`, counters[way], most);
    return rate === undefined ? undefined : rate * 8;
  };
  const both = (one: 'inErrors' | 'inDiscards', other: 'outErrors' | 'outDiscards'): number | undefined => {
    const [a, b] = [rates.rate(`${index}.${one}`, counters[one]), rates.rate(`${index}.${other}`, counters[other])];
    return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
  };
  const [received, sent] = [bits('in'), bits('out')];
  const busiest = Math.max(received ?? 0, sent ?? 0);
  const known = bitsPerSecond > 0 && (received !== undefined || sent !== undefined);
  return {
    each,
    in: received,
    out: sent,
    usePercent: known ? Math.min(100, (busiest / bitsPerSecond) * 100) : undefined,
    errors: both('inErrors', 'outErrors'),
    discards: both('inDiscards', 'outDiscards'),
  };
}

function findings(
  settings: SnmpInterfacesSettings,
  traffic: readonly Traffic[],
  chosen: readonly Interface[],
  context: CheckContext,
): Finding<ReasonOf<SnmpInterfacesReasons>>[] {
  const missing = missingInterfaces(settings, chosen, context.kept);
  const down: Finding<ReasonOf<SnmpInterfacesReasons>>[] = [];
  if (missing.length > 0) {
    const names = missing.slice(0, namesTold).map(({ label }) => label);
    const data = { count: missing.length, names: names.join(', ') + (missing.length > namesTold ? '…' : '') };
    down.push({ verdict: 'down', reason: { code: 'interfacesDown', data } });
  }
  const limited = traffic.flatMap(({ each, usePercent, errors, discards }) => [
    {
      metric: 'use',
      instance: each.label,
      unit: 'percent' as const,
      value: usePercent,
      limit: settings.warnUsePercent,
    },
    {
      metric: 'errors',
      instance: each.label,
      unit: 'perSecond' as const,
      value: errors,
      limit: settings.warnErrorsPerSecond,
    },
    {
      metric: 'discards',
      instance: each.label,
      unit: 'perSecond' as const,
      value: discards,
      limit: settings.warnDiscardsPerSecond,
    },
  ]);
  return [...down, ...beyondLimits(limited)];
}

/** As many series as a check may have: traffic for all that fit, then use, errors and discards as far as there is room. */
export function metricsOf(traffic: readonly Traffic[]): Metric[] {
  const perInterface = Math.floor((mostSeries - 1) / Math.max(1, traffic.length));
  return traffic.slice(0, Math.floor((mostSeries - 1) / 2)).flatMap(({ each, ...values }) => {
    const every: (readonly [string, Metric['unit'], number | undefined])[] = [
      ['in', 'bitsPerSecond', values.in],
      ['out', 'bitsPerSecond', values.out],
      ['errors', 'perSecond', values.errors],
      ['use', 'percent', values.usePercent],
      ['discards', 'perSecond', values.discards],
    ];
    return every
      .slice(0, Math.max(2, perInterface))
      .flatMap(([name, unit, value]): Metric[] =>
        value === undefined ? [] : [{ name: `${name}:${each.label}`, unit, value }],
      );
  });
}

const states: Readonly<Record<number, string>> = {
  1: 'up',
  2: 'down',
  3: 'testing',
  5: 'dormant',
  6: 'not present',
  7: 'lower layer down',
};

function line({ each, in: received, out: sent, errors }: Traffic): string {
  const state = each.adminUp ? (states[each.oper] ?? 'unknown') : 'disabled';
  const rates = received === undefined ? '' : ` in ${Math.round(received)} out ${Math.round(sent ?? 0)} bit/s`;
  const wrong = errors === undefined || errors === 0 ? '' : ` errors ${errors.toFixed(2)}/s`;
  return `${each.label}: ${state}${each.bitsPerSecond > 0 ? ` ${each.bitsPerSecond / 1_000_000} Mbit/s` : ''}${rates}${wrong}`;
}
