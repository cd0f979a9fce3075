// @ts-check

/** @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} Locked */

/**
 * The optional parts that a package names and the lock file does not hold; with one missing, `npm ci` refuses.
 * @param {{ packages: Record<string, Locked> }} lock
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingParts({ packages }) {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version, dev })),
  );
}
