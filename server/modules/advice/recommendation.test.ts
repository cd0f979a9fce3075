import { describe, expect, it } from 'vitest';
import { importanceShare, stateWhenFound, stateWhenGone, weightOf } from './recommendation.ts';

describe('a recommendation', () => {
  it('weighs by gain, certainty and importance', () => {
    expect(weightOf({ gainShare: 1, certainty: 1 }, 1)).toBe(100);
    expect(weightOf({ gainShare: 0.5, certainty: 0.8 }, 0.5)).toBe(20);
    expect(importanceShare(['low', 'critical'])).toBe(1);
    expect(importanceShare([])).toBe(0.5);
  });

  it('does not come back after it was declined, unless there is more to it', () => {
    const declined = { state: 'declined', declinedExtent: 10 } as const;
    expect(stateWhenFound(declined, { extent: 12 })).toBe('declined');
    expect(stateWhenFound(declined, { extent: 13 })).toBe('open');
    expect(stateWhenFound({ state: 'expired', declinedExtent: 10 }, { extent: 11 })).toBe('declined');
    expect(stateWhenFound({ state: 'expired', declinedExtent: null }, { extent: 1 })).toBe('open');
  });

  it('keeps what somebody decided when its reason is gone', () => {
    expect(stateWhenGone('open')).toBe('expired');
    expect(stateWhenGone('accepted')).toBe('accepted');
    expect(stateWhenGone('done')).toBe('done');
  });
});
