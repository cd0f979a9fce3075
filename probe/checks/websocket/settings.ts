import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';
import { headerList } from '#probe/web/headers-setting.ts';
import { patternText } from '#probe/web/safe-pattern.ts';
import { hostNameText, requestPathText } from '#probe/settings-texts.ts';

export const websocketSettings = z.object({
  scheme: z.enum(['wss', 'ws']).default('wss'),
  port: z.number().int().min(0).max(65_535).default(0),
  path: requestPathText('/'),
  hostName: hostNameText(),
  subprotocol: z
    .string()
    .max(100)
    .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/u)
    .default(''),
  headers: headerList(),
  secretHeader: secretText(2_000),
  send: z.string().max(4_000).default(''),
  expect: patternText(),
  warnMs: z.number().int().min(0).max(60_000).default(0),
  verifyCertificate: onlyWhen(z.boolean().default(true), { scheme: ['wss'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { scheme: ['wss'] }),
});
export type WebsocketSettings = z.infer<typeof websocketSettings>;
