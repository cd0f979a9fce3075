import type { KindTexts } from '#probe/check-kind.ts';
import { exporterFieldTexts, exporterReasonTexts, type ExporterReasons } from '#probe/exporter/exporter-texts.ts';
import { numberText } from '#probe/number-text.ts';
import type { PrometheusSettings } from './settings.ts';

export type PrometheusReasons = ExporterReasons & {
  read: { samples: number; rules: number; series: number };
  ruleHolds: { rule: string; series: string; value: number | string; more: number };
  metricMissing: { metric: string };
  tooMany: { limit: number };
};

function told(language: 'en' | 'fr', value: number | string): string {
  return typeof value === 'number' ? numberText(language, value, 3) : value;
}

const en: KindTexts<PrometheusSettings, PrometheusReasons> = {
  name: 'Prometheus exporter',
  description:
    'Reads the metrics of any exporter, charts those that are picked, and judges them by PromQL expressions.',
  fields: {
    ...exporterFieldTexts.en,
    select: {
      label: 'Metrics to keep',
      help: 'At most 500 series: node_load1, up{job="web"}, or a name with an expression: busy = 100 - avg(rate(idle_total[1m])) * 100. Counters become rates.',
    },
    rules: {
      label: 'Rules',
      help: 'A PromQL expression with its verdict: node_load1 > 8 : degraded. It counts when any series stands it.',
    },
    missing: {
      label: 'When a metric is missing',
      help: 'What it means when a metric named here is not on the page at all.',
      options: { ignore: 'nothing', degraded: 'degraded', down: 'down' },
    },
  },
  metrics: { value: 'Value', rate: 'Rate', scrape: 'Time to read', samples: 'Samples on the page', size: 'Size' },
  reasons: {
    ...exporterReasonTexts.en,
    read: ({ samples, rules, series }) =>
      `${numberText('en', samples)} samples read, ${numberText('en', series)} kept; ${rules === 0 ? 'there is no rule' : 'no rule holds'}.`,
    ruleHolds: ({ rule, series, value, more }) =>
      `${rule}: ${series === '' ? 'it holds' : series}, with ${told('en', value)}${more > 0 ? `, and ${numberText('en', more)} more` : ''}.`,
    metricMissing: ({ metric }) => `The page has no metric ${metric}.`,
    tooMany: ({ limit }) => `More series are picked than are kept (${numberText('en', limit)}): pick fewer.`,
  },
};

const fr: KindTexts<PrometheusSettings, PrometheusReasons> = {
  name: 'Exportateur Prometheus',
  description:
    'Lit les métriques de tout exportateur, trace celles qui sont choisies et les juge par des expressions PromQL.',
  fields: {
    ...exporterFieldTexts.fr,
    select: {
      label: 'Métriques à garder',
      help: '500 séries au plus : node_load1, up{job="web"}, ou un nom et une expression : occupation = 100 - avg(rate(idle_total[1m])) * 100. Les compteurs deviennent des débits.',
    },
    rules: {
      label: 'Règles',
      help: 'Une expression PromQL avec son verdict : node_load1 > 8 : degraded. Elle compte dès qu’une série y répond.',
    },
    missing: {
      label: 'Quand une métrique manque',
      help: 'Ce que signifie l’absence totale d’une métrique nommée ici.',
      options: { ignore: 'rien', degraded: 'dégradé', down: 'en panne' },
    },
  },
  metrics: {
    value: 'Valeur',
    rate: 'Débit',
    scrape: 'Temps de lecture',
    samples: 'Échantillons de la page',
    size: 'Taille',
  },
  reasons: {
    ...exporterReasonTexts.fr,
    read: ({ samples, rules, series }) =>
      `${numberText('fr', samples)} échantillons lus, ${numberText('fr', series)} gardés ; ${rules === 0 ? 'il n’y a aucune règle' : 'aucune règle n’est remplie'}.`,
    ruleHolds: ({ rule, series, value, more }) =>
      `${rule} : ${series === '' ? 'règle remplie' : series}, avec ${told('fr', value)}${more > 0 ? `, et ${numberText('fr', more)} de plus` : ''}.`,
    metricMissing: ({ metric }) => `La page n’a pas de métrique ${metric}.`,
    tooMany: ({ limit }) =>
      `Plus de séries sont choisies qu’il n’en est gardé (${numberText('fr', limit)}) : choisissez-en moins.`,
  },
};

export const prometheusTexts = { en, fr };
