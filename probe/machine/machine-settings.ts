import { z } from 'zod';

const percent = z.number().int().min(0).max(100);

/** The limits of a machine's state, to be spread into a kind's settings. */
export const machineFields = {
  cpuWarnPercent: percent.default(0),
  loadWarnPerCore: z.number().min(0).max(1000).default(8),
  memoryWarnPercent: percent.default(90),
  memoryDownPercent: percent.default(98),
  swapWarnPercent: percent.default(80),
  diskWarnPercent: percent.default(90),
  diskDownPercent: percent.default(97),
  warnFailedUnits: z.boolean().default(true),
};

/** What {@link machineFields} come to. */
export interface MachineSettings {
  readonly cpuWarnPercent: number;
  readonly loadWarnPerCore: number;
  readonly memoryWarnPercent: number;
  readonly memoryDownPercent: number;
  readonly swapWarnPercent: number;
  readonly diskWarnPercent: number;
  readonly diskDownPercent: number;
  readonly warnFailedUnits: boolean;
}
