import { advanceRun } from './advance-run.ts';
import { FollowedCommand, type CommandParts } from './follow-command.ts';
import { writeAsOwner, type OwnedRun } from './owned-run.ts';
import type { Run, RunStep } from './run.ts';

/** A sleeping run looks again at least this often, whether or not it was woken. */
const longestSleepMs = 5_000;

/**
 * Carries a run as far as it goes. Everything it does follows from what is stored, so that it may be cut off at any
 * point and be carried on by another process.
 * @throws OwnershipLost
 */
export async function performRun(parts: CommandParts, owned: OwnedRun): Promise<void> {
  const begun = new Set<string>();
  const commands = new Map<string, FollowedCommand>();
  const commandOf = (run: Run, step: RunStep): FollowedCommand => {
    const command = commands.get(step.id) ?? new FollowedCommand(parts, owned, run, step, !begun.has(step.id));
    commands.set(step.id, command);
    return command;
  };
  for (;;) {
    owned.signal.throwIfAborted();
    const heard = owned.bell.rings;
    const sequel = await writeAsOwner(parts.transact, owned, (unit) =>
      advanceRun(unit, owned.runId, parts.clock.now()),
    );
    switch (sequel.next) {
      case 'again':
        if (sequel.begun !== undefined) begun.add(sequel.begun);
        break;
      case 'sleep': {
        const ms = sequel.until === null ? longestSleepMs : sequel.until.getTime() - parts.clock.now().getTime();
        await owned.bell.sleep(heard, Math.min(Math.max(0, ms), longestSleepMs), owned.signal);
        break;
      }
      case 'follow':
        await commandOf(sequel.run, sequel.step).follow();
        break;
      case 'stop':
        await commandOf(sequel.run, sequel.step).stop({ why: 'stop' });
        break;
      default:
        return;
    }
  }
}
