/** The fields of a wanted change that really differ, ready to be written; with none, nothing changes. */
export function differences<Fields extends object>(
  before: Fields,
  wanted: { readonly [Field in keyof Fields]?: Fields[Field] | undefined },
): Partial<Fields> {
  const set: Partial<Fields> = {};
  for (const field in wanted) {
    const value = wanted[field];
    if (value !== undefined && value !== before[field]) set[field] = value;
  }
  return set;
}
