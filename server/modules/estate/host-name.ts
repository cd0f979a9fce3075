/** Long enough for `name`'s bound in the contract. */
const longest = 100;

/** A name for a new host that no other has: the wanted one, else with its address, else numbered. `taken` is in lower case. */
export function freeHostName(wanted: string, address: string, taken: ReadonlySet<string>): string {
  const free = (name: string): boolean => !taken.has(name.toLowerCase());
  const ended = (end: string): string => `${wanted.slice(0, longest - end.length).trimEnd()}${end}`;
  if (free(wanted)) return wanted;
  const withAddress = ended(` (${address.slice(0, 60)})`);
  if (free(withAddress)) return withAddress;
  for (let number = 2; ; number += 1) if (free(ended(` ${number}`))) return ended(` ${number}`);
}
