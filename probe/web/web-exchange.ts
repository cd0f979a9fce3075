import type { IncomingHttpHeaders } from 'node:http';
import type { SecureContext } from 'node:tls';
import type { WebAddress } from './web-address.ts';

/** One request, whole. */
export interface WebRequest {
  readonly address: WebAddress;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly http2: boolean;
  /** The answer is read up to here and judged by what came. */
  readonly limitBytes: number;
  readonly verifyCertificate: boolean;
  /** The authorities believed, with a client certificate where one is shown; the probe's own when left out. */
  readonly trust?: SecureContext;
}

/** What came back from one exchange over an open connection. */
export interface WebExchange {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Headers behind the body, of HTTP/2 only. */
  readonly trailers?: IncomingHttpHeaders;
  /** True when the answer went on beyond the limit. */
  readonly cut: boolean;
  readonly firstByteMs: number;
}
