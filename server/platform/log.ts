import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Structured log lines on standard error; what looks like a secret never reaches them. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'password',
          'token',
          'privateKey',
          'passphrase',
          '*.password',
          '*.token',
          '*.privateKey',
          '*.passphrase',
          'authorization',
          'cookie',
        ],
        censor: '***',
      },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}
