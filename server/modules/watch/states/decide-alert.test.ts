import { describe, expect, test } from 'vitest';
import { decideAlert } from './decide-alert.ts';

const calm = (state: 'up' | 'degraded' | 'down' | 'unreachable' | 'unknown') => ({ state, flapping: false });
const restless = (state: 'up' | 'down') => ({ state, flapping: true });

describe('an alert', () => {
  test('is raised once for a failure', () => {
    expect(decideAlert(calm('down'), null)).toBe('raise');
    expect(decideAlert(calm('degraded'), null)).toBe('raise');
    expect(decideAlert(calm('down'), { state: 'down' })).toBe('leave');
  });
  test('follows a failure that gets worse or better', () => {
    expect(decideAlert(calm('down'), { state: 'degraded' })).toBe('worsen');
    expect(decideAlert(calm('degraded'), { state: 'down' })).toBe('worsen');
  });
  test('is cleared by recovery alone', () => {
    expect(decideAlert(calm('up'), { state: 'down' })).toBe('clear');
    expect(decideAlert(calm('up'), null)).toBe('leave');
    expect(decideAlert(calm('unknown'), { state: 'down' })).toBe('leave');
    expect(decideAlert(calm('unreachable'), { state: 'down' })).toBe('leave');
  });
  test('is not raised for what something else explains, nor for what is not known', () => {
    expect(decideAlert(calm('unreachable'), null)).toBe('leave');
    expect(decideAlert(calm('unknown'), null)).toBe('leave');
  });
  test('is raised once while a check comes and goes, and stays until it is calm', () => {
    expect(decideAlert(restless('up'), null)).toBe('raise');
    expect(decideAlert(restless('up'), { state: 'degraded' })).toBe('leave');
    expect(decideAlert(restless('down'), { state: 'degraded' })).toBe('leave');
    expect(decideAlert(calm('up'), { state: 'degraded' })).toBe('clear');
  });
});
