import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { parseSteps } from './parse-steps.ts';
import { hostNameText } from '#probe/settings-texts.ts';

export const httpStepsSettings = z.object({
  scheme: z.enum(['https', 'http']).default('https'),
  port: z.number().int().min(0).max(65_535).default(0),
  hostName: hostNameText(),
  steps: z
    .string()
    .max(4_000)
    .superRefine((text, context) => {
      const read = parseSteps(text);
      if ('line' in read) context.addIssue({ code: 'custom', message: `line ${read.line}` });
    })
    .default('GET /\nHTTP 200-399\n'),
  user: z.string().max(200).default(''),
  password: secretText(500),
  secret: secretText(2_000),
  warnMs: z.number().int().min(0).max(600_000).default(0),
  verifyCertificate: z.boolean().default(true),
});
export type HttpStepsSettings = z.infer<typeof httpStepsSettings>;
