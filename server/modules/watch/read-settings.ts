import { ZodError } from 'zod';
import type { Language } from '#contract/words.ts';
import { fieldFaults } from '#platform/field-faults.ts';
import { Refusal } from '#platform/refusal.ts';
import type { AnyCheckKind } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';

/** The kind of that name. Throws Refusal `unknown_kind`. */
export function kindNamed(name: string): AnyCheckKind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Refusal('unknown_kind', { kind: name });
  return kind;
}

/** Complete settings for a kind. Throws Refusal `settings_invalid` that names each field. */
export function readSettings(kind: AnyCheckKind, given: unknown, language: Language): Record<string, unknown> {
  try {
    return kind.complete(given);
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
