import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';
import { headerList } from '#probe/web/headers-setting.ts';
import { isJsonPlace, jsonComparisons } from '#probe/web/json-value.ts';
import { patternText } from '#probe/web/safe-pattern.ts';
import { hostNameText, requestPathText } from '#probe/settings-texts.ts';

const mostBytes = 16 * 1024 * 1024;
const expectedHeader = /^!?[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}(?::.*)?$/u;
const certificateText = /^\s*-----BEGIN CERTIFICATE-----/u;

export const httpSettings = z.object({
  scheme: z.enum(['https', 'http']).default('https'),
  port: z.number().int().min(0).max(65_535).default(0),
  path: requestPathText('/'),
  hostName: hostNameText(),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  expectStatus: z
    .string()
    .max(100)
    .regex(/^\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*$/u)
    .default('200-399'),
  redirects: z.number().int().min(0).max(10).default(5),
  textPresent: z.string().max(500).default(''),
  textAbsent: z.string().max(500).default(''),
  jsonPointer: z.string().max(500).refine(isJsonPlace).default(''),
  jsonCompare: onlyWhen(z.enum(jsonComparisons).default('equals'), { jsonPointer: 'filled' }),
  jsonExpected: onlyWhen(z.string().max(500).default(''), { jsonPointer: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  headers: headerList(),
  secretHeader: secretText(2_000),
  body: onlyWhen(z.string().max(4_000).default(''), { method: ['POST', 'PUT', 'PATCH', 'DELETE'] }),
  signIn: z.enum(['none', 'basic', 'bearer', 'digest']).default('none'),
  user: onlyWhen(z.string().max(200).default(''), { signIn: ['basic', 'digest'] }),
  password: onlyWhen(secretText(2_000), { signIn: ['basic', 'bearer', 'digest'] }),
  httpVersion: z.enum(['1.1', '2']).default('1.1'),
  redirectTo: onlyWhen(z.enum(['anywhere', 'same']).default('anywhere'), { redirects: 'filled' }),
  patternPresent: patternText(),
  patternAbsent: patternText(),
  headersExpected: z.array(z.string().max(500).regex(expectedHeader)).max(20).default([]),
  sizeMin: z.number().int().min(0).max(mostBytes).default(0),
  sizeMax: z.number().int().min(0).max(mostBytes).default(0),
  clientCertificate: z
    .string()
    .max(20_000)
    .refine((value) => value === '' || certificateText.test(value))
    .default(''),
  clientKey: onlyWhen(secretText(4_500), { clientCertificate: 'filled' }),
});
export type HttpSettings = z.infer<typeof httpSettings>;
