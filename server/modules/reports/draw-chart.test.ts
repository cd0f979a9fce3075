import { describe, expect, it } from 'vitest';
import { drawChart, niceTicks, timeTicks } from './draw-chart.ts';
import { tellingIn } from './telling.ts';

const telling = tellingIn('fr', 'Europe/Paris');
const begin = Date.parse('2026-11-22T13:00:00Z') / 1_000;
const chart = (values: (number | null)[], over: { from?: number; until?: number | null } = {}) => ({
  label: 'durée',
  unit: 'ms',
  times: values.map((_, at) => begin + at * 60),
  values,
  from: begin + 120,
  until: begin + 240,
  ...over,
});

describe('ticks', () => {
  it('are round numbers that reach the largest value', () => {
    expect(niceTicks(187)).toEqual([0, 50, 100, 150, 200]);
    expect(niceTicks(1)).toEqual([0, 0.5, 1]);
    expect(niceTicks(0)).toEqual([0, 1]);
    expect(niceTicks(Number.NaN)).toEqual([0, 1]);
  });

  it('stand on whole times and are never many', () => {
    expect(timeTicks(begin + 1, begin + 1_200)).toEqual([300, 600, 900, 1_200].map((after) => begin + after));
    expect(timeTicks(0, 86_400 * 400).length).toBeLessThanOrEqual(10);
  });
});

describe('the chart', () => {
  it('shades the outage, names it, and draws no line across what was not measured', () => {
    const svg = drawChart(chart([80, 90, null, null, 85, 80]), telling) ?? '';
    expect(svg.match(/<path /gu)).toHaveLength(2);
    expect(svg).toContain('>Panne</text>');
    expect(svg).toContain('>14:05</text>');
    expect(svg).not.toContain('NaN');
  });

  it('stands an outage that lasts or began before what is shown, and strange names', () => {
    const svg = drawChart({ ...chart([1, 2, 3], { from: 0, until: null }), unit: '<&"' }, telling) ?? '';
    expect(svg).toContain('&lt;&amp;&quot;');
    expect(svg).not.toContain('NaN');
  });

  it('is left out when there is nothing to draw', () => {
    expect(drawChart(chart([]), telling)).toBeNull();
    expect(drawChart(chart([5]), telling)).toBeNull();
  });
});
