import { hash, verify } from '@node-rs/argon2';

// The library's number for argon2id; its enum of names exists at compile time only.
const argon2id = 2;

// argon2id with the second recommended option of RFC 9106 made lighter, as OWASP's password storage sheet allows:
// 19 MiB, two passes, one lane.
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

// Verified when there is nobody with that address, so that the answer takes as long as for a wrong password.
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIDE2Yg$6ZHMoXYdpVA0cJiW7cSvGbuXgqRAV7YU6C3cJyXJvUw';

/** Whether a password fits a stored hash; null stands for nobody and never fits. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? nobody, password.normalize('NFC'));
  return fits && stored !== null;
}
