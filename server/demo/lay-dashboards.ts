import { v7 as uuid } from 'uuid';
import type { Widget, WidgetContent } from '#contract/dashboard.ts';
import type { KnownSeries } from '#contract/measurement.ts';
import { checks } from './company/checks.ts';
import type { Company } from './settle-company.ts';
import type { Stage } from './stage.ts';

/** Two dashboards of the invented company: what the office has on its wall, and how its services answer. */

type Place = readonly [x: number, y: number, w: number, h: number];

function widget([x, y, w, h]: Place, content: WidgetContent): Widget {
  return { id: uuid(), x, y, w, h, content };
}

const plain = { title: '', percentile: false, band: false, compare: 'none' } as const;

function wallWidgets(answers: readonly KnownSeries[], checkIds: readonly string[]): Widget[] {
  const [first] = answers;
  return [
    widget([0, 0, 5, 4], { kind: 'counts', title: '' }),
    widget([5, 0, 3, 4], { kind: 'clock', title: 'Lyon', zone: 'Europe/Paris' }),
    widget([8, 0, 4, 4], {
      kind: 'text',
      title: 'Astreinte',
      text: 'Astreinte informatique : 04 72 00 00 00\nSalle serveurs : badge de Lyon, clé à l’accueil.',
    }),
    widget([0, 4, 5, 7], { kind: 'incidents', title: '', limit: 10 }),
    widget([5, 4, 7, 7], { kind: 'chart', ...plain, series: answers.slice(0, 4).map(({ id }) => id), period: '24h' }),
    widget([0, 11, 4, 8], { kind: 'states', title: '', search: '', states: [], target: null, limit: 12 }),
    widget([4, 11, 4, 8], {
      kind: 'top',
      title: 'Disques les plus pleins',
      name: 'value',
      checkKind: 'ssh-command',
      order: 'highest',
      limit: 8,
    }),
    widget([8, 11, 4, 4], {
      kind: 'value',
      title: '',
      series: first?.id ?? null,
      bad: 'above',
      degraded: 1_000,
      down: 3_000,
    }),
    widget([8, 15, 4, 4], { kind: 'availability', title: 'Disponibilité (30 jours)', checks: [...checkIds], days: 30 }),
  ];
}

function serviceWidgets(answers: readonly KnownSeries[]): Widget[] {
  return answers.slice(0, 6).map(({ id }, index) =>
    widget([(index % 2) * 6, Math.floor(index / 2) * 7, 6, 7], {
      kind: 'chart',
      ...plain,
      series: [id],
      period: '7d',
      band: true,
      percentile: true,
      compare: 'week',
    }),
  );
}

/** Lays the dashboards out, as the person of the demonstration. */
export async function layDashboards(stage: Stage, { demonstrator, checkIds }: Company): Promise<void> {
  const { measurements, dashboards } = stage.modules.watch.handlers;
  const pages = checks.filter(({ kind }) => kind === 'http').flatMap((check) => checkIds.get(check) ?? []);
  const { items } = await stage.act(
    demonstrator,
    'watch.measurements.series',
    { name: 'total', limit: 500 },
    measurements.series,
  );
  const answers = items.filter(({ checkId }) => pages.includes(checkId));
  const lay = (name: string, widgets: Widget[]) =>
    stage.act(demonstrator, 'watch.dashboards.create', { name, shared: true, widgets }, dashboards.create);
  await lay('Mur du service informatique', wallWidgets(answers, pages.slice(0, 4)));
  await lay('Temps de réponse des services', serviceWidgets(answers));
}
