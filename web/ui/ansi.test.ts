import { expect, it } from 'vitest';
import { plainLines } from './ansi.ts';

it('removes colours and window titles', () => {
  expect(plainLines('\u001B[1;31mfailed\u001B[0m\n\u001B]0;title\u0007ok')).toEqual(['failed', 'ok']);
});

it('lets a carriage return overwrite the line, as a progress bar does', () => {
  expect(plainLines('10 %\r50 %\r100 %\r\nend')).toEqual(['100 %', 'end']);
});

it('removes bells and other controls but keeps tabs', () => {
  expect(plainLines('a\u0007\tb\u0000')).toEqual(['a\tb']);
});
