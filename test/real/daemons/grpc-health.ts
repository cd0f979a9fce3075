import { Server, ServerCredentials, status, type ServiceDefinition } from '@grpc/grpc-js';
import type { ServerCertificate } from '#probe/testing/certificates.ts';

type Serving = 'SERVING' | 'NOT_SERVING' | 'NOT_FOUND' | 'UNAVAILABLE' | 'SILENT';

/** A small gRPC server made with gRPC's own library, whose services are as healthy as the test says. */
export interface GrpcHealth extends AsyncDisposable {
  readonly port: number;
  readonly services: Map<string, Serving>;
}

const health: ServiceDefinition = {
  check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: Buffer) => value,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (value: Buffer) => value,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

/** Starts one; without a certificate it speaks in clear. */
export async function startGrpcHealth(certificate?: ServerCertificate): Promise<GrpcHealth> {
  const services = new Map<string, Serving>([['', 'SERVING']]);
  const server = new Server();
  server.addService(health, {
    check(call: { request: Buffer }, answer: (error: object | null, value?: Buffer) => void) {
      // A request is field 1, its length, and the name.
      const state = services.get(call.request.subarray(2).toString('utf8')) ?? 'NOT_FOUND';
      if (state === 'NOT_FOUND') answer({ code: status.NOT_FOUND, details: 'unknown service' });
      else if (state === 'UNAVAILABLE') answer({ code: status.UNAVAILABLE, details: 'going down' });
      else if (state !== 'SILENT') answer(null, Buffer.from([0x08, state === 'SERVING' ? 1 : 2]));
    },
  });
  const credentials =
    certificate === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { cert_chain: Buffer.from(certificate.cert), private_key: Buffer.from(certificate.key) },
        ]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });
  return {
    port,
    services,
    [Symbol.asyncDispose]: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}
