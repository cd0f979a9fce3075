import { type Fault } from './faults/fault.ts';
import { hostFaults, lineFaults, type HostFaultName } from './faults/host-faults.ts';
import { databaseFaults, mailFaults, otherFaults } from './faults/service-faults.ts';
import { webFaults } from './faults/web-faults.ts';

const named = { ...webFaults, ...mailFaults, ...databaseFaults, ...otherFaults, ...lineFaults };

export type FaultName = keyof typeof named | HostFaultName;

/** Everything that can be broken for real, and mended. */
export const faults: Readonly<Record<string, Fault>> = { ...named, ...Object.fromEntries(hostFaults) };

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

/** The fault of that name. */
export function faultNamed(name: FaultName): Fault {
  const fault = faults[name];
  if (fault === undefined) throw new Error(`Nothing here is named ${name}.`);
  return fault;
}
