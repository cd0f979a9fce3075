/** The value a JSON pointer (RFC 6901) leads to; undefined when there is none. Only a document's own members are seen. */
export function readPointer(document: unknown, pointer: string): unknown {
  let value: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/u.test(key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
