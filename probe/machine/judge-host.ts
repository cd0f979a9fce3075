import type { Metric, ReasonOf } from '../check-kind.ts';
import { judgeMachine } from './judge-machine.ts';
import type { MachineReading } from './machine-reading.ts';
import type { MachineSettings } from './machine-settings.ts';
import type { MachineReasons } from './machine-texts.ts';
import { machineEvidence, measureMachine } from './measure-machine.ts';
import { measureUpkeep, upkeepReason, type UpkeepReasons, type UpkeepSettings } from './upkeep-needs.ts';

/** All that a reading of a host says: its state first, then what it waits for. */
export function judgeHost(
  settings: MachineSettings & UpkeepSettings,
  reading: MachineReading,
): {
  verdict: 'up' | 'degraded' | 'down';
  reason: ReasonOf<MachineReasons & UpkeepReasons>;
  output: string;
  metrics: Metric[];
} {
  const state = judgeMachine(settings, reading);
  const waits = state.verdict === 'up' ? upkeepReason(settings, reading) : undefined;
  return {
    ...(waits === undefined ? state : { verdict: 'degraded', reason: waits }),
    output: machineEvidence(reading),
    metrics: [...measureMachine(reading), ...measureUpkeep(reading)],
  };
}
