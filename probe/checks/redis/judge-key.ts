import { judgeFirstValue, noQuery, queryFailed, type QueryFinding } from '#probe/query-judgement.ts';
import { RedisRefusal, type Command } from './open-redis.ts';
import type { RedisSettings } from './settings.ts';

// The command that tells the length of a key of this type.
const lengths: Readonly<Record<string, string>> = {
  list: 'LLEN',
  set: 'SCARD',
  zset: 'ZCARD',
  hash: 'HLEN',
  stream: 'XLEN',
  string: 'STRLEN',
};

// A value is read up to here: what is longer is no state or counter.
const valueBytes = 1_000;

/** Reads the key of the settings and judges its length or its value. */
export async function judgeKey(command: Command, settings: RedisSettings): Promise<QueryFinding> {
  if (settings.key === '') return noQuery;
  try {
    const value = await (settings.keyIs === 'value' ? valueOf : lengthOf)(command, settings.key);
    return judgeFirstValue(
      {
        queryExpected: settings.keyExpected,
        queryAbove: settings.keyAbove,
        queryBelow: settings.keyBelow,
        beyondIs: settings.beyondIs,
      },
      value,
    );
  } catch (error) {
    if (!(error instanceof RedisRefusal)) throw error;
    return queryFailed(error, error.message.split(' ')[0] ?? '');
  }
}

/** A key that does not exist is empty: its length is 0. */
async function lengthOf(command: Command, key: string): Promise<string> {
  const type = await command('TYPE', key);
  const ask = typeof type === 'string' ? lengths[type] : undefined;
  return ask === undefined ? '0' : shown(await command(ask, key));
}

async function valueOf(command: Command, key: string): Promise<string | undefined> {
  if ((await command('EXISTS', key)) !== 1) return undefined;
  return shown(await command('GETRANGE', key, '0', String(valueBytes - 1)));
}

function shown(answer: unknown): string {
  return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : '';
}
