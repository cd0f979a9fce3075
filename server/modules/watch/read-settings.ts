import { ZodError } from 'zod';
import type { Language } from '#contract/words.ts';
import { fieldFaults } from '#platform/field-faults.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import type { AnyCheckKind } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { keepSecrets, sealSecrets } from './secret-settings.ts';

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

/** Complete settings as they are stored, secrets sealed. Throws Refusal `settings_invalid` that names each field. */
export function readSettings(
  vault: Vault,
  { kind, given, before = {}, language }: GivenSettings,
): Record<string, unknown> {
  try {
    return sealSecrets(kind, kind.complete(keepSecrets(kind, given, before, vault)), vault);
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
