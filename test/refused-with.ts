import { refusalOf } from '#contract/client.ts';

/** The code with which a request was refused; undefined when it was done. Anything but a refusal fails the test. */
export async function refusedWith(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || refusal.code === 'internal') throw error;
    return refusal.code;
  }
}
