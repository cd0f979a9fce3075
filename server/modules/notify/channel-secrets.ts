import { z } from 'zod';
import { secretMark } from '#contract/words.ts';
import type { Vault } from '#platform/vault.ts';
import type { AnyChannelKind } from './channel-kind.ts';
import type { ChannelRecord } from './store-channels.ts';
import { channelUse } from './vault-uses.ts';

const secretsWords = z.record(z.string(), z.string());
type Settings = Readonly<Record<string, unknown>>;

/** The secret settings in the clear. A webhook that was added long ago has its address sealed by itself. */
function unsealed(
  vault: Vault,
  { id, secretsSealed }: Pick<ChannelRecord, 'id' | 'secretsSealed'>,
): Record<string, string> {
  if (secretsSealed === null) return {};
  const text = vault.unseal(secretsSealed, channelUse(id));
  return text.startsWith('{') ? secretsWords.parse(JSON.parse(text)) : { hookUrl: text };
}

/** All settings in the clear, to send with. */
export function clearSettings(
  vault: Vault,
  channel: Pick<ChannelRecord, 'id' | 'settings' | 'secretsSealed'>,
): Settings {
  return { ...channel.settings, ...unsealed(vault, channel) };
}

/** The settings as they may be shown: in place of a secret that is set, eight dots. */
export function shownSettings(
  { secrets }: AnyChannelKind,
  settings: Settings,
  isSet: boolean,
): Record<string, unknown> {
  return { ...settings, ...(isSet ? Object.fromEntries(secrets.map((name) => [name, secretMark])) : {}) };
}

/** Settings as they are stored: what is secret sealed as one, and the rest. */
export function sealedSettings(
  vault: Vault,
  { secrets }: AnyChannelKind,
  id: string,
  settings: Settings,
): { settings: Record<string, unknown>; secretsSealed: Buffer | null } {
  const entries = Object.entries(settings);
  const hidden = entries.filter(([name, value]) => secrets.includes(name) && value !== '');
  const shown = entries.filter(([name]) => !secrets.includes(name));
  return {
    settings: Object.fromEntries(shown),
    secretsSealed: hidden.length === 0 ? null : vault.seal(JSON.stringify(Object.fromEntries(hidden)), channelUse(id)),
  };
}

/** New settings over those that stand: a secret that is left out, or told as eight dots, is kept. */
export function mergedSettings(kind: AnyChannelKind, before: Settings, wanted: Settings): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before, ...wanted };
  for (const name of kept(kind, wanted)) merged[name] = before[name] ?? '';
  return merged;
}

function kept(kind: AnyChannelKind, wanted: Settings): string[] {
  return kind.secrets.filter((name) => wanted[name] === undefined || wanted[name] === secretMark);
}

/** An address as it is compared: what is written otherwise and leads to the same is the same. */
function place(typed: unknown): string {
  if (typeof typed !== 'string') return '';
  return URL.canParse(typed) ? new URL(typed).href.replace(/\/$/u, '') : typed;
}

/**
 * The kept secrets that a change would take to another address, or there by a less safe way: whoever may change the
 * address must not learn the secret by it.
 */
export function takenAlong(kind: AnyChannelKind, before: Settings, wanted: Settings): string[] {
  const now = mergedSettings(kind, before, wanted);
  const moved = kind.places.filter((name) => place(before[name]) !== place(now[name]));
  return kept(kind, wanted).filter(
    (name) => (before[name] ?? '') !== '' && moved.some((movedPlace) => movedPlace !== name),
  );
}
