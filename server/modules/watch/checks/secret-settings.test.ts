import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretMark } from '#contract/words.ts';
import { createVault } from '#platform/vault.ts';
import { defineKind } from '#probe/define-kind.ts';
import { secretText } from '#probe/secret-text.ts';
import { hideSecrets, keepSecrets, openSecrets, sealSecrets } from './secret-settings.ts';

const kind = defineKind({
  name: 'door',
  settings: z.object({ user: z.string().default(''), password: secretText(100) }),
  texts: { en: words(), fr: words() },
  defaults: { intervalMs: 60_000, timeoutMs: 1_000 },
  requires: 'network',
  run: () => Promise.reject(new Error('never run here')),
});

function words() {
  return { name: 'Door', description: '', fields: {}, metrics: {}, reasons: {} };
}

const vault = createVault(randomBytes(32));

describe('secrets among the settings of a check', () => {
  const stored = sealSecrets(kind, { user: 'vigie', password: 'open sesame' }, vault);

  it('are stored sealed, told as dots, and given to the run in clear', () => {
    expect(JSON.stringify(stored)).not.toContain('sesame');
    expect(hideSecrets(kind, stored)).toEqual({ user: 'vigie', password: secretMark });
    expect(openSecrets(kind, stored, vault)).toEqual({ user: 'vigie', password: 'open sesame' });
  });

  it('stay when the dots come back or nothing comes, and go when an empty text comes', () => {
    expect(keepSecrets(kind, { user: 'v', password: secretMark }, stored, vault)['password']).toBe('open sesame');
    expect(keepSecrets(kind, { user: 'v' }, stored, vault)['password']).toBe('open sesame');
    expect(keepSecrets(kind, { user: 'v', password: '' }, stored, vault)['password']).toBe('');
  });

  it('say nothing when none is set', () => {
    const none = sealSecrets(kind, { user: 'vigie', password: '' }, vault);
    expect(hideSecrets(kind, none)).toEqual({ user: 'vigie', password: '' });
    expect(openSecrets(kind, none, vault)).toEqual(none);
  });
});
