import { expect, test } from 'vitest';
import { sshTexts } from './ssh-reasons.ts';

test.each(['queue', 'silent', 'connect', 'handshake', 'sign-in', 'command', 'of tomorrow'])(
  'an SSH connection that took too long at %s is told in words, not in names of our own',
  (phase) => {
    for (const language of ['en', 'fr'] as const) {
      const sentence = sshTexts[language].sshTimeout({ host: 'web1', phase });
      expect(sentence).toMatch(/web1.*\.$/u);
      expect(sentence).not.toMatch(/queue|handshake|sign-in\b.*\)|\(/u);
    }
  },
);
