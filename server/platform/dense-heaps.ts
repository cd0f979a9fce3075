import { setFlagsFromString } from 'node:v8';

let dense = false;

/**
 * Moves the heaps of all threads of this process together when they are collected, or no longer: else pages that are half
 * empty stay, and a heap never shrinks below its highest tide. It costs about a third more of the processor's time, so it
 * is for those who keep much. Given when the program starts, the option would also make the nursery tiny.
 */
export function keepHeapsDense(wanted: boolean): void {
  if (wanted === dense) return;
  dense = wanted;
  setFlagsFromString(wanted ? '--optimize-for-size' : '--no-optimize-for-size');
}
