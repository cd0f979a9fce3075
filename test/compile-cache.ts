import { fileURLToPath } from 'node:url';

/** Where compiled code is kept between the many starts of servers and command lines, as `npm start` keeps it. */
export const compileCache = fileURLToPath(new URL('../.cache/node', import.meta.url));
