const enough = 4_096;

/**
 * The character set of bytes that are not UTF-8 and do not say what they are: Windows-1252 unless most of the text is
 * beyond ASCII and reads well in another. A guess; whoever shows it keeps the bytes.
 */
export function guessCharset(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, enough);
  const escape = sample.indexOf(0x1b);
  if (escape !== -1 && (sample[escape + 1] === 0x24 || sample[escape + 1] === 0x28)) return 'iso-2022-jp';
  const high = sample.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  if (high < 8 || high * 3 < sample.length) return 'windows-1252';
  let best = { charset: 'windows-1252', score: 0 };
  for (const [charset, usual] of candidates) {
    const score = scoreOf(sample, charset, usual);
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

/** Signs that are common in texts of the languages that are written so. */
const candidates: readonly (readonly [string, RegExp])[] = [
  ['koi8-r', /[а-яё]/gu],
  ['windows-1251', /[а-яё]/gu],
  ['shift_jis', /[ぁ-んァ-ヶ]/gu],
  ['euc-jp', /[ぁ-んァ-ヶ]/gu],
  [
    'gb18030',
    /[的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里您好请谢]/gu,
  ],
  ['big5', /[的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子您好請謝]/gu],
  ['euc-kr', /[가-힣]/gu],
];

function scoreOf(bytes: Uint8Array, charset: string, usual: RegExp): number {
  const text = new TextDecoder(charset).decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  // The sample may end in the middle of a sign.
  if (broken > 1) return 0;
  return (text.match(usual)?.length ?? 0) / text.length;
}
