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

/**
 * New settings over those that stand: eight dots keep a secret. None is kept when the address that the others are sent
 * to is another one: whoever may change the address must not learn the secret by it.
 */
export function mergedSettings(kind: AnyChannelKind, before: Settings, wanted: Settings): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before, ...wanted };
  const hostsOf = (settings: Settings): string =>
    ['server', 'apiUrl'].map((name) => (typeof settings[name] === 'string' ? hostOf(settings[name]) : '')).join(' ');
  const sameHosts = hostsOf(before) === hostsOf(merged);
  for (const name of kind.secrets) {
    const said = wanted[name];
    if (said === undefined || said === secretMark) merged[name] = sameHosts ? (before[name] ?? '') : '';
  }
  return merged;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
