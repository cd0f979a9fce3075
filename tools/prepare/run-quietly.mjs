// @ts-check
import { spawn } from 'node:child_process';

const keptChars = 20_000;

/**
 * Runs a program to its end and keeps the last of what it said.
 * @param {string} program
 * @param {string[]} words
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number | null, said: string }>}
 */
export function runQuietly(program, words, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-keptChars);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** The last lines, for a person. @param {string} said */
export function lastLines(said) {
  return said
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `    ${line}`)
    .join('\n');
}
