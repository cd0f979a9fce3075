import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  write(createLog('info', { write: (line) => void (lines += line) }));
  return lines;
}

it('tells an error by its message and where it happened', () => {
  const line = logged((log) => log.error({ error: new Error('no room', { cause: new Error('disk full') }) }, 'failed'));
  expect(line).toContain('no room');
  expect(line).toContain('disk full');
  expect(line).toContain('log.test.ts');
});

it('tells what is no error as it is', () => {
  expect(logged((log) => log.warn({ error: 'lost' }, 'failed'))).toContain('"error":"lost"');
});

it('keeps secrets out', () => {
  const line = logged((log) => log.info({ password: 'hunter2', server: { token: 'abc123' } }, 'said'));
  expect(line).not.toMatch(/hunter2|abc123/u);
});
