import { createHash } from 'node:crypto';
import type { CheckMemory } from '#probe/check-kind.ts';
import { fitsOneOf } from '#probe/text-pattern.ts';
import type { Interface } from './read-interfaces.ts';
import type { SnmpInterfacesSettings } from './settings.ts';

const up = 1;
// Five letters a name keep 500 interfaces within what a check may keep; two of the same are one in 10^9.
const letters = 5;

/** The interfaces that have to be up and are not. Remembers, at the first sight, which ones were up. */
export function missingInterfaces(
  settings: SnmpInterfacesSettings,
  interfaces: readonly Interface[],
  kept: CheckMemory,
): Interface[] {
  const { mustBeUp, mustBeUpPattern } = settings;
  if (mustBeUp === 'none') return [];
  if (mustBeUp === 'pattern') {
    return interfaces.filter(
      (each) => each.oper !== up && [each.name, each.alias].some((name) => fitsOneOf(name, mustBeUpPattern)),
    );
  }
  const wanted = remembered(settings, interfaces, kept);
  // An interface that was switched off by a person is meant to be down.
  return interfaces.filter((each) => each.adminUp && each.oper !== up && wanted.has(short(each.name)));
}

function remembered(
  { include, exclude, physicalOnly }: SnmpInterfacesSettings,
  interfaces: readonly Interface[],
  kept: CheckMemory,
): ReadonlySet<string> {
  // Another choice of interfaces begins a new memory.
  const choice = short(JSON.stringify([include, exclude, physicalOnly]));
  const before = kept.get('up');
  if (typeof before === 'string' && before.startsWith(choice)) {
    return new Set(before.slice(letters).match(/.{5}/gsu) ?? []);
  }
  const names = interfaces.filter(({ oper }) => oper === up).map(({ name }) => short(name));
  kept.set('up', choice + names.join(''));
  return new Set(names);
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, letters);
}
