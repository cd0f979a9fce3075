import type { FastifyInstance } from 'fastify';
import type { WatchModule } from '../modules/watch/module.ts';

const largestBodyBytes = 256 * 1024;
const answers = {
  taken: [200, 'OK\n'],
  unknown: [404, 'unknown address\n'],
  often: [429, 'too often\n'],
} as const;

/** The addresses that jobs elsewhere call. They ask for no session: the word in each is the secret. */
export function serveBeats(server: FastifyInstance, beat: WatchModule['beat']): void {
  void server.register(async (scope) => {
    // What a job sends is evidence, whatever it calls itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { word: string; what?: string } }>({
      method: ['GET', 'HEAD', 'POST'],
      url: '/beat/:word/:what?',
      bodyLimit: largestBodyBytes,
      async handler({ params, body, ip }, reply) {
        const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
        const [status, said] =
          answers[await beat({ word: params.word, what: params.what ?? '', body: text, from: ip })];
        return reply.status(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(said);
      },
    });
  });
}
