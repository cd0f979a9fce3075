import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { addressClass, needsLeave } from '#probe/address-class.ts';

/** Whether a host's keys may be asked for at a numeric address; what leads back into this machine takes an administrator. */
function mayScan(address: string, isAdministrator: boolean): boolean {
  const kind = addressClass(address);
  return kind !== 'unusable' && (isAdministrator || !needsLeave(kind));
}

/** Whether a host's address, as it is written, is closed to whoever asks. A name is judged by {@link judgedLookup}. */
export function isClosed(address: string, isAdministrator: boolean): boolean {
  return isIP(address.replace(/%.*$/u, '')) !== 0 && !mayScan(address, isAdministrator);
}

/**
 * Looks a name up and hands on the very addresses that were judged: what is connected to cannot be another answer of the
 * name server than the one that was looked at.
 */
export function judgedLookup(isAdministrator: boolean): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const open = addresses.filter(({ address }) => mayScan(address, isAdministrator));
      const [first] = open;
      if (first === undefined) return callback(new Error(`${name} leads to a closed address`), []);
      return options.all === true ? callback(null, open) : callback(null, first.address, first.family);
    });
  };
}
