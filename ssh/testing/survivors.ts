import { execFileSync } from 'node:child_process';

/** Processes whose command line is exactly this. */
export function survivors(commandLine: string): number {
  const lines = execFileSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => !line.startsWith('Z') && line.replace(/^\S+\s+/, '').trim() === commandLine).length;
}
