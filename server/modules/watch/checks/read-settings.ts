import { ZodError } from 'zod';
import type { Language } from '#contract/words.ts';
import { fieldFaults } from '#platform/field-faults.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import type { AnyCheckKind } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { keepSecrets, keptFields, openSecrets, sealSecrets } from './secret-settings.ts';
import { takenAlong } from './secret-ways.ts';

/** The kind of that name. Throws Refusal `unknown_kind`. */
export function kindNamed(name: string): AnyCheckKind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Refusal('unknown_kind', { kind: name });
  return kind;
}

/** What somebody gave as the settings of a check of a kind. */
export interface GivenSettings {
  readonly kind: AnyCheckKind;
  readonly given: Readonly<Record<string, unknown>>;
  /** The stored settings that these are to replace, whose secrets may be kept. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly language: Language;
}

/**
 * Complete settings as they are stored, secrets sealed. A secret that is kept stays where it was given for.
 * @throws Refusal `settings_invalid` that names each field
 */
export function readSettings(
  vault: Vault,
  { kind, given, before = {}, language }: GivenSettings,
): Record<string, unknown> {
  try {
    const sealed = sealSecrets(kind, kind.complete(keepSecrets(kind, given, before, vault)), vault);
    // Not sealed anew: the same secret would look like another one, and no longer like that of its profile.
    const kept = keptFields(kind, given).flatMap((field) => (field in before ? [[field, before[field]] as const] : []));
    const settings = { ...sealed, ...Object.fromEntries(kept) };
    refuseTakenAlong(kind, settings, [completed(kind, before, vault)], kept);
    return settings;
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const faults = fieldFaults(error.issues, given, language);
    throw new Refusal(
      'settings_invalid',
      {},
      faults.map((fault) => ({ ...fault, path: `settings.${fault.path}` })),
    );
  }
}

function refuseTakenAlong(
  kind: AnyCheckKind,
  settings: Readonly<Record<string, unknown>>,
  sources: readonly Readonly<Record<string, unknown>>[],
  kept: readonly (readonly [string, unknown])[],
): void {
  const names = new Set(kept.map(([field]) => field));
  const taken = takenAlong(kind, settings, sources).filter((field) => names.has(field));
  if (taken.length === 0) return;
  throw new Refusal(
    'settings_invalid',
    {},
    taken.map((field) => ({ path: `settings.${field}`, reason: 'secret_again' })),
  );
}

/** What was stored may be older than some settings of its kind: those stood at their defaults. */
function completed(
  kind: AnyCheckKind,
  before: Readonly<Record<string, unknown>>,
  vault: Vault,
): Readonly<Record<string, unknown>> {
  try {
    return { ...kind.complete(openSecrets(kind, before, vault)), ...before };
  } catch {
    return before;
  }
}
