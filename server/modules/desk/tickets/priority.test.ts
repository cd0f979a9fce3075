import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { higherPriority, priorityOf, type Priority } from './priority.ts';

const any = fc.constantFrom<Priority>('low', 'normal', 'high', 'critical');

describe('the priority of an incident', () => {
  it('is the importance of the most important service that is out', () => {
    expect(priorityOf(['low', 'critical', 'normal'], 'down')).toBe('critical');
    expect(priorityOf(['low'], 'down')).toBe('low');
  });

  it('is one less while the service still works, if badly', () => {
    expect(priorityOf(['critical'], 'degraded')).toBe('high');
    expect(priorityOf(['low'], 'degraded')).toBe('low');
    expect(priorityOf(['high'], 'unknown')).toBe('normal');
  });

  it('is normal when nothing is known to depend on what failed', () => {
    expect(priorityOf([], 'down')).toBe('normal');
    expect(priorityOf([], 'degraded')).toBe('low');
  });

  it('never falls when more services are touched or when the state is worse', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), any, (affected, one) => {
        const before = priorityOf(affected, 'degraded');
        expect(higherPriority(priorityOf([...affected, one], 'degraded'), before)).toBe(
          priorityOf([...affected, one], 'degraded'),
        );
        expect(higherPriority(priorityOf(affected, 'down'), before)).toBe(priorityOf(affected, 'down'));
      }),
    );
  });
});
