import { z } from 'zod';

/** A settings field for a host or zone name; empty for none. Underscores stand in the names of services (RFC 8552). */
export function hostNameText(): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.-]*$/u)
    .default('');
}

/** A settings field for the path of a request, as it goes into the request line (RFC 9112, 3.2): visible ASCII from its slash on. */
export function requestPathText(usual: `/${string}`): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .max(2_000)
    .regex(/^\/[\u0021-\u007e]*$/u)
    .default(usual);
}
