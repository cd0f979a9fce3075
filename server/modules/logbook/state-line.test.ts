import { describe, expect, it } from 'vitest';
import { mostLinesAnHour, stateLine, worthALine } from './state-line.ts';

describe('a change of state', () => {
  it('is worth a line when it goes bad or comes back', () => {
    expect(worthALine('up', 'down')).toBe(true);
    expect(worthALine('degraded', 'down')).toBe(true);
    expect(worthALine('down', 'up')).toBe(true);
    expect(worthALine('unknown', 'down')).toBe(true);
  });

  it('is not when it merely follows from something else, or was not known before', () => {
    expect(worthALine('up', 'unreachable')).toBe(false);
    expect(worthALine('unreachable', 'up')).toBe(false);
    expect(worthALine('unknown', 'up')).toBe(false);
    expect(worthALine('up', 'up')).toBe(false);
  });

  it('is not written for ever when a check is unsteady: one line says so', () => {
    const id = '018f0000-0000-7000-8000-000000000000';
    const target = { kind: 'host', id, name: 'web-01' } as const;
    const payload = { checkId: id, checkName: 'Ping', target, from: 'up', to: 'down', because: null, at: '' } as const;
    expect(stateLine({ payload }, 0)?.said.code).toBe('state_changed');
    expect(stateLine({ payload }, mostLinesAnHour)?.said.code).toBe('check_unsteady');
    expect(stateLine({ payload }, mostLinesAnHour + 1)).toBeNull();
  });
});
