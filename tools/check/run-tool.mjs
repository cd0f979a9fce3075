// @ts-check
import { spawn } from 'node:child_process';
import path from 'node:path';

/** @typedef {{ passed: boolean, output: string, stdout?: string }} Outcome */

/** CI and FORCE_COLOR make some tools colour what nobody sees as colour. */
function withoutColour() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'CI' && name !== 'FORCE_COLOR'));
}

/**
 * Runs one of the tools in node_modules/.bin and keeps what it said.
 * @param {string} root the folder it runs in
 * @param {string} tool
 * @param {string[]} args
 * @param {Record<string, string>} [environment] beside this process's own
 * @returns {Promise<Outcome & { stdout: string }>}
 */
export function runTool(root, tool, args, environment = {}) {
  return new Promise((resolve) => {
    // The tools' first line says “node”: it must be the one that runs this file.
    const PATH = `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const child = spawn(path.join(root, 'node_modules/.bin', tool), args, {
      cwd: root,
      env: { ...withoutColour(), PATH, NO_COLOR: '1', TERM: 'dumb', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve({ passed: false, output: String(error), stdout }));
    child.on('close', (code) => resolve({ passed: code === 0, output, stdout }));
  });
}
