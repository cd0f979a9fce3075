import type { CheckContext, CheckMemory, CheckResult, ProbeTools, SshAccess } from '../check-kind.ts';
import { kinds } from '../checks/kinds.ts';
import type { NameLookup } from '../name-lookup.ts';
import { steadyClock } from '../probe-clock.ts';
import { createProbeTools, trustOf } from '../probe-tools.ts';
import { RunMemory } from '../run-memory.ts';

interface TestContext {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly mayReach?: (address: string) => boolean;
  readonly authorities?: readonly string[];
  readonly lookup?: NameLookup;
  readonly ssh?: SshAccess;
  readonly memory?: CheckMemory;
  readonly kept?: CheckMemory;
}

const tools = createProbeTools(steadyClock);
// Reading all authorities takes a tenth of a second: once for each set is enough.
const trusts = new Map<string, ReturnType<typeof trustOf>>();

function toolsFor(authorities: readonly string[] | undefined): ProbeTools {
  if (authorities === undefined) return tools;
  const key = authorities.join('');
  const trust = trusts.get(key) ?? trustOf(authorities);
  trusts.set(key, trust);
  return { ...tools, trust };
}

/** A context for runs against servers on loopback. */
export function probeContext(options: TestContext = {}): CheckContext {
  return {
    signal: options.signal ?? new AbortController().signal,
    timeoutMs: options.timeoutMs ?? 2_000,
    clock: steadyClock,
    tools: { ...toolsFor(options.authorities), ...(options.lookup === undefined ? {} : { lookup: options.lookup }) },
    mayReach: options.mayReach ?? (() => true),
    memory: options.memory ?? new RunMemory(),
    kept: options.kept ?? new RunMemory(),
    ...(options.ssh === undefined ? {} : { ssh: options.ssh }),
  };
}

/** Runs one check of a kind, as a probe would. */
export function runOnce(
  kind: string,
  settings: Readonly<Record<string, unknown>>,
  address = '127.0.0.1',
  options: TestContext = {},
): Promise<CheckResult> {
  const found = kinds.get(kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found.prepare(settings, { address })(probeContext(options));
}
