import { readFileSync } from 'node:fs';

const packageFile: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** The product's version, from package.json. */
export const version: string =
  packageFile !== null &&
  typeof packageFile === 'object' &&
  'version' in packageFile &&
  typeof packageFile.version === 'string'
    ? packageFile.version
    : '0';
