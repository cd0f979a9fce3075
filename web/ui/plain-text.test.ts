import { expect, it } from 'vitest';
import { linkParts } from './plain-text.tsx';

it('links addresses and leaves the rest alone', () => {
  expect(linkParts('See https://example.org/a?b=1, or ops@example.org.')).toEqual([
    { text: 'See ' },
    { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { text: ', or ' },
    { text: 'ops@example.org', href: 'mailto:ops@example.org' },
    { text: '.' },
  ]);
});

it('keeps tags as text and never links a script', () => {
  const typed = '<b onclick="x">javascript:alert(1)</b>';
  expect(linkParts(typed).every((part) => part.href === undefined)).toBe(true);
  expect(
    linkParts(typed)
      .map((part) => part.text)
      .join(''),
  ).toBe(typed);
});
