import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { counterMemory } from '#probe/exporter/counter-memory.ts';
import { fetchExposition, pageMetrics } from '#probe/exporter/fetch-exposition.ts';
import type { Reading } from '#probe/exporter/promql-term.ts';
import { labelsText, type Exposition } from '#probe/exporter/series.ts';
import type { Element } from '#probe/exporter/vector.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { readRule, type Rule } from './rules.ts';
import { measureSelection, readSelection, type Selection } from './selections.ts';
import { prometheusSettings, type PrometheusSettings } from './settings.ts';
import { prometheusTexts, type PrometheusReasons } from './texts.ts';

const kind: CheckKind<PrometheusSettings, PrometheusReasons> = {
  name: 'prometheus',
  settings: prometheusSettings,
  texts: prometheusTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runPrometheus,
  propose: (facts: AddressFacts) =>
    facts.openPorts
      .filter((port) => exporterPorts.has(port))
      .map((port) => ({ settings: { port }, recommended: false })),
};

// Ports that exporters keep to by agreement; 9100 and 9182 have kinds of their own.
const exporterPorts = new Set([9_090, 9_093, 9_104, 9_113, 9_115, 9_116, 9_121, 9_187]);

/** Any metrics in Prometheus' text format, with rules on them. */
export const prometheus = defineKind(kind);

const mostSamples = 5_000;
const mostMetrics = 500;

async function runPrometheus(
  settings: PrometheusSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<PrometheusReasons>> {
  const startedMs = context.clock.nowMs();
  const { rules, selections, names } = plansOf(settings);
  const page = await fetchExposition(settings, target, context, (name) => names.has(name), mostSamples);
  const passed = (): number => context.clock.nowMs() - startedMs;
  if ('reason' in page) return { ...page, output: '', metrics: [], durationMs: passed() };
  const reading: Reading = {
    exposition: page.exposition,
    counters: counterMemory(context),
    nowSeconds: context.clock.nowMs() / 1000,
  };
  const metrics = selections.flatMap((each) => measureSelection(each, reading));
  const fired = rules.flatMap((rule) => fire(rule, reading));
  return {
    ...judge(settings, page.exposition, { rules, selections, fired, reading, series: metrics.length }),
    output: evidence(fired, metrics),
    metrics: [...pageMetrics(page), ...metrics.slice(0, mostMetrics)],
    durationMs: passed(),
  };
}

interface Plans {
  readonly rules: readonly Rule[];
  readonly selections: readonly Selection[];
  readonly names: ReadonlySet<string>;
}

// The settings of a prepared check are one object for all its runs: its expressions are compiled once.
const compiled = new WeakMap<PrometheusSettings, Plans>();

function plansOf(settings: PrometheusSettings): Plans {
  const known = compiled.get(settings);
  if (known !== undefined) return known;
  const rules = settings.rules.map((line) => readRule(line)).filter((each) => each !== undefined);
  const selections = settings.select.map((line) => readSelection(line)).filter((each) => each !== undefined);
  const names = new Set([...rules, ...selections].flatMap(({ expression }) => [...expression.names]));
  const plans = { rules, selections, names };
  compiled.set(settings, plans);
  return plans;
}

/** A rule that holds, for one series. */
interface Fired {
  readonly rule: Rule;
  readonly element: Element;
}

function fire(rule: Rule, reading: Reading): Fired[] {
  const value = rule.expression.evaluate(reading);
  if (typeof value === 'number')
    return value === 0 || Number.isNaN(value) ? [] : [{ rule, element: { name: '', labels: new Map(), value } }];
  return value.map((element) => ({ rule, element }));
}

interface Found extends Omit<Plans, 'names'> {
  readonly fired: readonly Fired[];
  readonly reading: Reading;
  readonly series: number;
}

function judge(
  settings: PrometheusSettings,
  exposition: Exposition,
  { rules, selections, fired, reading, series }: Found,
): { verdict: Verdict; reason: ReasonOf<PrometheusReasons> } {
  const worst = fired.find(({ rule }) => rule.verdict === 'down') ?? fired[0];
  if (worst !== undefined) {
    const { rule, element } = worst;
    const more = fired.length - 1;
    const data = { rule: rule.text, series: nameOf(element), value: numberOf(element.value), more };
    return { verdict: rule.verdict, reason: { code: 'ruleHolds', data } };
  }
  const metric = missingMetric(rules, selections, exposition);
  if (metric !== undefined && settings.missing !== 'ignore')
    return { verdict: settings.missing, reason: { code: 'metricMissing', data: { metric } } };
  if (exposition.cut || series > mostMetrics || reading.counters.full)
    return {
      verdict: 'degraded',
      reason: { code: 'tooMany', data: { limit: exposition.cut ? mostSamples : mostMetrics } },
    };
  const data = { samples: exposition.count, rules: rules.length, series };
  return { verdict: 'up', reason: { code: 'read', data } };
}

/** A metric that something looks at and that the page does not have: a rule on it would be silent for ever. */
function missingMetric(
  rules: readonly Rule[],
  selections: readonly Selection[],
  { samples }: Exposition,
): string | undefined {
  for (const { expression } of [...rules, ...selections]) {
    if (expression.asksAbsence) continue;
    for (const name of expression.names) if ((samples.get(name)?.length ?? 0) === 0) return name;
  }
  return undefined;
}

function nameOf({ name, labels }: Element): string {
  return `${name}${labelsText(labels)}`.slice(0, 200);
}

function numberOf(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function evidence(fired: readonly Fired[], metrics: readonly Metric[]): string {
  const rules = fired.slice(0, 20).map(({ rule, element }) => `${rule.text}\n  ${nameOf(element)} ${element.value}`);
  const values = metrics.slice(0, 40).map(({ name, value }) => `${name.replace(/^\w+:/u, '')} ${value}`);
  return sanitiseOutput([...rules, ...values].join('\n'), 4_096);
}
