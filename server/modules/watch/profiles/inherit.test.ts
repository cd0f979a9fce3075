import { describe, expect, it } from 'vitest';
import { sensitivity } from '#contract/rule.ts';
import { inherit, ownPaths, type Inheritable } from './inherit.ts';

const item: Inheritable = {
  name: 'Web page',
  settings: { port: 443, path: '/', warnDays: 21 },
  intervalMs: 60_000,
  rules: [],
  sensitivity: sensitivity.parse({}),
  importance: 'normal',
};

describe('a check that inherits from a profile', () => {
  it('holds nothing of its own while it is just like its item', () => {
    expect(ownPaths({ ...item, settings: { ...item.settings } }, item)).toEqual([]);
  });

  it('follows its item, but for what it holds of its own', () => {
    const check = { ...item, intervalMs: 10_000, settings: { ...item.settings, path: '/shop' } };
    const own = ownPaths(check, item);
    expect(own).toEqual(['intervalSeconds', 'settings.path']);
    const changed = { ...item, name: 'Page', intervalMs: 30_000, settings: { port: 8443, path: '/new', warnDays: 7 } };
    expect(inherit(check, changed, own)).toEqual({
      ...changed,
      intervalMs: 10_000,
      settings: { port: 8443, path: '/shop', warnDays: 7 },
    });
  });

  it('takes back what it is asked to', () => {
    const check = { ...item, intervalMs: 10_000, settings: { ...item.settings, path: '/shop' } };
    expect(inherit(check, item, ['settings.path']).intervalMs).toBe(60_000);
    expect(inherit(check, item, [])).toEqual(item);
  });

  it('loses a setting that its item has no longer', () => {
    const { warnDays: _gone, ...settings } = item.settings;
    expect(inherit(item, { ...item, settings }, []).settings).toEqual({ port: 443, path: '/' });
  });
});
