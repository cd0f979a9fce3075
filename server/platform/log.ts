import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Structured log lines, on standard error unless said otherwise; what looks like a secret never reaches them. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: false }),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // An Error has no fields of its own to speak of: without these its message and stack would be left out.
      serializers: { error: pino.stdSerializers.err, cause: pino.stdSerializers.err },
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
    destination,
  );
}
