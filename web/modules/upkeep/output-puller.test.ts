import { describe, expect, it } from 'vitest';
import { createOutputPuller, type OutputPiece } from './output-puller.ts';

/** A step that prints, read in pages of four characters. */
function printer() {
  let printed = '';
  let over = false;
  let fails = 0;
  const asked: number[] = [];
  return {
    asked,
    print: (text: string) => {
      printed += text;
    },
    end: () => {
      over = true;
    },
    failNext: () => {
      fails += 1;
    },
    fetchFrom: async (from: number): Promise<OutputPiece> => {
      await Promise.resolve();
      asked.push(from);
      if (fails > 0) {
        fails -= 1;
        throw new Error('cut');
      }
      const text = printed.slice(from, from + 4);
      const next = from + text.length;
      return { from, text, next, ended: over && next === printed.length };
    },
  };
}

describe('following an output', () => {
  it('reads page after page, and goes on from the byte where it was', async () => {
    const step = printer();
    let shown = '';
    const pull = createOutputPuller({ fetchFrom: step.fetchFrom, onText: (text) => (shown = text) });
    step.print('hello world');
    await pull();
    expect(shown).toBe('hello world');
    step.print('!');
    await pull();
    expect(shown).toBe('hello world!');
    expect(step.asked).toEqual([0, 4, 8, 11, 11, 12]);
  });

  it('shows nothing twice when it is nudged while it reads', async () => {
    const step = printer();
    let shown = '';
    const pull = createOutputPuller({ fetchFrom: step.fetchFrom, onText: (text) => (shown = text) });
    step.print('abcdef');
    await Promise.all([pull(), pull(), pull()]);
    expect(shown).toBe('abcdef');
  });

  it('asks no more once the step has ended', async () => {
    const step = printer();
    const pull = createOutputPuller({ fetchFrom: step.fetchFrom, onText: () => undefined });
    step.print('ab');
    step.end();
    await pull();
    await pull();
    expect(step.asked).toEqual([0]);
  });

  it('keeps its place when a request fails', async () => {
    const step = printer();
    let shown = '';
    const pull = createOutputPuller({ fetchFrom: step.fetchFrom, onText: (text) => (shown = text) });
    step.print('abcd');
    await pull();
    step.print('efgh');
    step.failNext();
    await expect(pull()).rejects.toThrow('cut');
    await pull();
    expect(shown).toBe('abcdefgh');
  });
});
