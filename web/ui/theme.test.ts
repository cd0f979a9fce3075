import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The colours of one theme, read from the sheet itself. */
function coloursOf(sheet: string, selector: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const block of sheet.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    if (!(block[1] ?? '').includes(selector)) continue;
    for (const line of (block[2] ?? '').matchAll(/(--v-[a-z0-9-]+):\s*(#[0-9a-f]{6})/g)) {
      found[line[1] ?? ''] = line[2] ?? '';
    }
  }
  return found;
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours as WCAG counts it, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const sheet = readFileSync(new URL('theme.css', import.meta.url), 'utf8');
const series = coloursOf(sheet, ':root');
const states = ['up', 'degraded', 'down', 'unknown', 'maintenance'];

describe.each(['light', 'dark'])('the %s theme', (name) => {
  const colours = coloursOf(sheet, `'${name}'`);
  const pairs = [
    ...['ink', 'ink-soft', 'ink-quiet', 'accent', 'problem', ...states].flatMap((ink) =>
      ['page', 'sunk', 'raised', 'hover', 'selected'].map((surface) => [ink, surface]),
    ),
    ...states.map((state) => [state, `${state}-wash`]),
    ['problem', 'problem-wash'],
    ['ink', 'problem-wash'],
    ['accent', 'accent-wash'],
    ['on-accent', 'accent'],
    ['terminal-ink', 'terminal'],
  ];

  it.each(pairs)('shows %s on %s with a contrast of at least 4.5', (ink, surface) => {
    expect(contrast(colours[`--v-${ink ?? ''}`] ?? '', colours[`--v-${surface ?? ''}`] ?? '')).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it.each(['line-strong', ...[1, 2, 3, 4, 5, 6].map((at) => `series-${at}`)])(
    'draws %s on the page with a contrast of at least 3',
    (ink) => {
      const drawn = colours[`--v-${ink}`] ?? series[`--v-${ink}`] ?? '';
      expect(contrast(drawn, colours['--v-page'] ?? '')).toBeGreaterThanOrEqual(3);
    },
  );
});
