import { z } from 'zod';
import { secretMark } from '#contract/words.ts';
import type { Vault } from '#platform/vault.ts';
import type { AnyCheckKind } from '#probe/check-kind.ts';

type Settings = Readonly<Record<string, unknown>>;

/** A secret as it lies in the settings of a stored check; an empty text where none is set. */
const sealedSecret = z.object({ sealed: z.base64() });

const useOf = (kind: AnyCheckKind, field: string): string => `watch.check ${kind.name} ${field}`;

/** The secrets that are kept: left out, or told as dots. */
export function keptFields(kind: AnyCheckKind, given: Settings): string[] {
  return kind.secrets().filter((field) => given[field] === undefined || given[field] === secretMark);
}

/** Puts the secrets that are kept (left out, or told as dots) back in clear, so that settings can be judged whole. */
export function keepSecrets(kind: AnyCheckKind, given: Settings, before: Settings, vault: Vault): Settings {
  const kept = openSecrets(kind, before, vault);
  return { ...given, ...Object.fromEntries(keptFields(kind, given).map((field) => [field, kept[field] ?? ''])) };
}

/** Settings as they are stored: secrets sealed. */
export function sealSecrets(
  kind: AnyCheckKind,
  settings: Settings,
  vault: Pick<Vault, 'seal'>,
): Record<string, unknown> {
  const sealed = kind.secrets().flatMap((field) => {
    const secret = settings[field];
    if (typeof secret !== 'string' || secret === '') return [];
    return [[field, { sealed: vault.seal(secret, useOf(kind, field)).toString('base64') }] as const];
  });
  return { ...settings, ...Object.fromEntries(sealed) };
}

/**
 * Settings as a run needs them: secrets in clear.
 * @throws Error when they were sealed with another vault key
 */
export function openSecrets(kind: AnyCheckKind, stored: Settings, vault: Pick<Vault, 'unseal'>): Settings {
  const opened = kind.secrets().flatMap((field) => {
    const { success, data } = sealedSecret.safeParse(stored[field]);
    return success ? [[field, vault.unseal(Buffer.from(data.sealed, 'base64'), useOf(kind, field))] as const] : [];
  });
  return opened.length === 0 ? stored : { ...stored, ...Object.fromEntries(opened) };
}

/** Settings as they are told: a secret that is set is only said to be there. */
export function hideSecrets(kind: AnyCheckKind | undefined, stored: Settings): Record<string, unknown> {
  const secrets = new Set(kind?.secrets());
  return Object.fromEntries(
    Object.entries(stored).map(([field, value]) => [
      field,
      secrets.has(field) && sealedSecret.safeParse(value).success ? secretMark : value,
    ]),
  );
}
