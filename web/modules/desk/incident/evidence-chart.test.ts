import { describe, expect, it } from 'vitest';
import { evidenceCharts, evidenceSpan } from './evidence-chart.ts';

const series = (id: number, unit: string, mean: (number | null)[]) => ({
  id,
  label: String(id),
  unit,
  mean,
  min: mean,
  max: mean,
  p95: mean,
});

describe('the chart around the moment', () => {
  it('draws one chart per unit and leaves out what was never measured', () => {
    const charts = evidenceCharts({
      stepSeconds: 60,
      source: 'raw',
      times: [0, 60],
      series: [series(1, 'ms', [1, null]), series(2, '%', [null, null]), series(3, 'ms', [2, 3])],
      marks: [],
    });
    expect(charts.map((chart) => [chart.unit, chart.series.map((each) => each.name)])).toEqual([['ms', ['1', '3']]]);
  });

  it('spans from half an hour before to the running minute while the fault lasts', () => {
    expect(evidenceSpan('2026-01-01T10:00:00Z', null, Date.parse('2026-01-01T10:20:30Z'))).toEqual({
      from: '2026-01-01T09:30:00.000Z',
      until: '2026-01-01T10:21:00.000Z',
    });
  });

  it('ends a quarter of an hour after the fault did', () => {
    expect(evidenceSpan('2026-01-01T10:00:00Z', '2026-01-01T10:30:00Z', 0).until).toBe('2026-01-01T10:45:00.000Z');
  });
});
