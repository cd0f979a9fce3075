import type { CheckKind, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding, type Limited } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { fitsOneOf } from '#probe/text-pattern.ts';
import { readPrinter, type PrinterError, type PrinterView } from './read-printer.ts';
import { snmpPrinterSettings, type SnmpPrinterSettings } from './settings.ts';
import { snmpPrinterTexts, type SnmpPrinterReasons } from './texts.ts';

const kind: CheckKind<SnmpPrinterSettings, SnmpPrinterReasons> = {
  name: 'snmp-printer',
  settings: snmpPrinterSettings,
  texts: snmpPrinterTexts,
  defaults: { intervalMs: 300_000, timeoutMs: 15_000 },
  requires: 'network',
  run: (settings, target, context) => withSnmp(settings, target, context, (session) => look(settings, session)),
  propose: ({ snmpParts }) => (snmpParts?.includes('printer') === true ? [{ settings: {}, recommended: true }] : []),
};

/** A printer: can it print, and for how long. */
export const snmpPrinter = defineKind(kind);

// What stops printing altogether; the rest only announces it, or wants a hand some day.
const stopping = new Set<PrinterError>([
  'noPaper',
  'noToner',
  'doorOpen',
  'jammed',
  'offline',
  'serviceRequested',
  'outputFull',
]);

async function look(
  settings: SnmpPrinterSettings,
  session: SnmpSession,
): Promise<Omit<KindResult<SnmpPrinterReasons>, 'durationMs'>> {
  const view = await readPrinter(session);
  if (view === undefined)
    return { verdict: 'unknown', reason: { code: 'noPrinter', data: {} }, output: '', metrics: [] };
  const supplies = view.supplies.filter(({ name }) => !fitsOneOf(name, settings.supplyExclude));
  const shown = { ...view, supplies };
  const [lowest] = supplies
    .filter(({ leftPercent }) => leftPercent !== undefined)
    .toSorted((a, b) => (a.leftPercent ?? 0) - (b.leftPercent ?? 0));
  const fine: ReasonOf<SnmpPrinterReasons> = {
    code: 'ready',
    data: { supply: lowest?.name ?? '', percent: lowest?.leftPercent ?? -1 },
  };
  return {
    ...(worstFinding(judgePrinter(settings, shown)) ?? { verdict: 'up', reason: fine }),
    output: sanitiseOutput(evidence(shown)),
    metrics: metricsOf(shown),
  };
}

function judgePrinter(settings: SnmpPrinterSettings, view: PrinterView): Finding<ReasonOf<SnmpPrinterReasons>>[] {
  const supplies = (limit: number) => limited('supply', view.supplies, limit);
  const trays = limited('tray', view.trays, settings.warnTrayPercent);
  const stops = view.errors.filter((error) => stopping.has(error));
  const [stop] = stops;
  const [other] = view.errors.filter((error) => !stopping.has(error));
  const alerts = view.alerts.slice(0, 3).join('; ');
  return [
    ...(stop === undefined ? [] : [{ verdict: 'down' as const, reason: { code: stop, data: { alerts } } }]),
    ...beyondLimits(supplies(settings.downSupplyPercent), 'down'),
    ...(alerts === '' ? [] : [{ verdict: 'degraded' as const, reason: { code: 'alert' as const, data: { alerts } } }]),
    ...beyondLimits([...supplies(settings.warnSupplyPercent), ...trays]),
    ...(other === undefined ? [] : [{ verdict: 'degraded' as const, reason: { code: other, data: { alerts } } }]),
  ];
}

function limited(metric: string, all: PrinterView['supplies'], limit: number): Limited[] {
  return all.map(({ name: instance, leftPercent: value }) => ({
    metric,
    instance,
    unit: 'percent',
    value,
    limit,
    side: 'below',
  }));
}

function levels(metric: string, all: PrinterView['supplies']): Metric[] {
  return all.flatMap(({ name, leftPercent }) =>
    leftPercent === undefined ? [] : [{ name: `${metric}:${name}`, unit: 'percent', value: leftPercent }],
  );
}

function metricsOf(view: PrinterView): Metric[] {
  const pages: Metric[] = view.pages === undefined ? [] : [{ name: 'pages', unit: 'count', value: view.pages }];
  return [...levels('supply', view.supplies), ...levels('tray', view.trays), ...pages];
}

const states: Readonly<Record<number, string>> = { 3: 'idle', 4: 'printing', 5: 'warming up' };

function evidence(view: PrinterView): string {
  return [
    `status: ${states[view.status] ?? 'other'}`,
    ...view.errors.map((error) => `error: ${error}`),
    ...view.alerts.map((alert) => `alert: ${alert}`),
    ...[...view.supplies, ...view.trays].map(
      ({ name, leftPercent }) => `${name}: ${leftPercent === undefined ? '–' : `${Math.round(leftPercent)} %`}`,
    ),
  ].join('\n');
}
