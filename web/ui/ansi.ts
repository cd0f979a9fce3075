/**
 * What may follow ESC in a terminal's output: CSI (`[ … letter`), OSC (`] … BEL`, or ended by the next `ESC \`),
 * and the short ones.
 */
const sequenceStart = /^(?:\[[0-?]*[ -/]*[@-~]|\]\P{Cc}*\p{Cc}?|[()][A-Z0-9]|[@-Z\\^_=>c78])/u;
const controls = /(?!\t)\p{Cc}/gu;

/** Output as lines of plain text: colours and cursor moves removed, `\r` overwrites the line as a terminal would. */
export function plainLines(output: string): string[] {
  const [first = '', ...escaped] = output.split('\u001B');
  const text = first + escaped.map((piece) => piece.replace(sequenceStart, '')).join('');
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => {
      const parts = line.split('\r').filter((part) => part !== '');
      return (parts.at(-1) ?? '').replaceAll(controls, '');
    });
}
