import { z } from 'zod';

export const httpSettings = z.object({
  scheme: z.enum(['https', 'http']).default('https'),
  port: z.number().int().min(0).max(65_535).default(0),
  path: z
    .string()
    .max(2_000)
    .regex(/^\/[\u0021-\u007e]*$/u)
    .default('/'),
  hostName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.-]*$/u)
    .default(''),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  expectStatus: z
    .string()
    .max(100)
    .regex(/^\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*$/u)
    .default('200-399'),
  redirects: z.number().int().min(0).max(10).default(5),
  textPresent: z.string().max(500).default(''),
  textAbsent: z.string().max(500).default(''),
  jsonPointer: z
    .string()
    .max(500)
    .regex(/^(?:\/.*)?$/u)
    .default(''),
  jsonExpected: z.string().max(500).default(''),
  warnMs: z.number().int().min(0).max(60_000).default(0),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
});
export type HttpSettings = z.infer<typeof httpSettings>;
