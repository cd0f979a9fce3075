import { z } from 'zod';
import { onlyWhen } from '../only-when.ts';
import { secretText } from '../secret-text.ts';
import { hostNameText, requestPathText } from '../settings-texts.ts';

/** The settings by which an exporter's page is reached, to be spread into a kind's own. */
export function exporterFields(port: number) {
  return {
    scheme: z.enum(['http', 'https']).default('http'),
    port: z.number().int().min(1).max(65_535).default(port),
    path: requestPathText('/metrics'),
    hostName: hostNameText(),
    signIn: z.enum(['none', 'basic', 'bearer']).default('none'),
    user: onlyWhen(z.string().max(200).default(''), { signIn: ['basic'] }),
    password: onlyWhen(secretText(2_000), { signIn: ['basic', 'bearer'] }),
    verifyCertificate: onlyWhen(z.boolean().default(true), { scheme: ['https'] }),
  };
}

/** What {@link exporterFields} come to. */
export interface ExporterSettings {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly path: string;
  readonly hostName: string;
  readonly signIn: 'none' | 'basic' | 'bearer';
  readonly user: string;
  readonly password: string;
  readonly verifyCertificate: boolean;
}
