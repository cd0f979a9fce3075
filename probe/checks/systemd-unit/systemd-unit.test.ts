import { describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { kinds } from '../kinds.ts';
import { systemdUnitSettings } from './settings.ts';
import { judgeUnit, parseUnit } from './systemd-unit.ts';

const settings = systemdUnitSettings.parse({ unit: 'nginx.service' });
const judge = (text: string) => judgeUnit(settings, parseUnit(text)).verdict;

describe('a unit', () => {
  test.each([
    ['active', 'LoadState=loaded\nActiveState=active\nSubState=running', 'up'],
    ['reloading', 'LoadState=loaded\nActiveState=reloading\nSubState=reload', 'up'],
    ['starting', 'LoadState=loaded\nActiveState=activating\nSubState=start-pre', 'degraded'],
    [
      'between two attempts',
      'LoadState=loaded\nActiveState=activating\nSubState=auto-restart\nResult=exit-code',
      'down',
    ],
    ['failed', 'LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=oom-kill', 'down'],
    ['stopped', 'LoadState=loaded\nActiveState=inactive\nSubState=dead', 'down'],
    ['not there', 'LoadState=not-found\nActiveState=inactive\nSubState=dead', 'down'],
  ])('that is %s', (_what, text, verdict) => {
    expect(judge(text)).toBe(verdict);
  });

  test('that is restarted too often is degraded', () => {
    const often = parseUnit('LoadState=loaded\nActiveState=active\nSubState=running\nNRestarts=7');
    expect(judgeUnit({ ...settings, warnRestarts: 5 }, often).reason).toMatchObject({
      code: 'restarting',
      data: { restarts: 7 },
    });
  });
});

test('a unit name cannot be an option or a command', () => {
  const kind = kinds.get('systemd-unit');
  for (const unit of ['--all', 'a b', 'x;reboot', '$(reboot)', '']) {
    expect(() => kind?.complete({ unit })).toThrow(ZodError);
  }
});
