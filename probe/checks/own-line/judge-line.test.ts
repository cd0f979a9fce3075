import { describe, expect, test } from 'vitest';
import { judgeLine, type LineFacts } from './judge-line.ts';

const out = { link: 'eth0', network: 0, mask: 0, gateway: '192.0.2.1', metric: 0 };
const near = { link: 'eth0', network: 0xc0_00_02_00, mask: 0xff_ff_ff_00, gateway: null, metric: 0 };
const well: LineFacts = {
  ways: { routes: [out, near], hasDefault6: false, liveLinks: new Set(['lo', 'eth0']) },
  deadLink: null,
  hadWayOut: true,
  gateway: { address: '192.0.2.1', heard: true },
  resolver: { address: '192.0.2.53', heard: true },
  references: [],
};
const references = (...heard: (boolean | null)[]) => heard.map((each) => ({ address: '198.51.100.1', heard: each }));

describe('the own line', () => {
  test('is well when what is near answers', () => {
    expect(judgeLine(well)).toBeNull();
  });

  test('is well without a way out when there never was one', () => {
    const lonely = { ...well, ways: { ...well.ways, routes: [near] }, gateway: null };
    expect(judgeLine({ ...lonely, hadWayOut: false })).toBeNull();
    expect(judgeLine(lonely)).toEqual({ code: 'noWayOut' });
  });

  test('fails when the link that leads out is down', () => {
    const cut = { ...well, ways: { ...well.ways, liveLinks: new Set(['lo']) } };
    expect(judgeLine(cut)).toEqual({ code: 'linkDown', link: 'eth0' });
  });

  test('does not mind a link without a signal that leads nowhere', () => {
    const bridge = { link: 'docker0', network: 0xac_11_00_00, mask: 0xff_ff_00_00, gateway: null, metric: 0 };
    expect(judgeLine({ ...well, ways: { ...well.ways, routes: [bridge, out, near] } })).toBeNull();
  });

  test('fails when another link is down by which something is watched', () => {
    expect(judgeLine({ ...well, deadLink: 'eth1' })).toEqual({ code: 'linkDown', link: 'eth1' });
  });

  test('fails when the gateway that used to answer is silent', () => {
    expect(judgeLine({ ...well, gateway: { address: '192.0.2.1', heard: false } })).toEqual({
      code: 'gatewaySilent',
      address: '192.0.2.1',
    });
  });

  test('is believed of a reference point rather than of a gateway that answers no ping', () => {
    const silent = { ...well, gateway: { address: '192.0.2.1', heard: false } };
    expect(judgeLine({ ...silent, references: references(false, true) })).toBeNull();
    expect(judgeLine({ ...well, gateway: { address: '192.0.2.1', heard: null } })).toBeNull();
  });

  test('fails when no reference point answers though the gateway does', () => {
    expect(judgeLine({ ...well, references: references(false, false) })).toEqual({
      code: 'referencesSilent',
      count: 2,
    });
    expect(judgeLine({ ...well, references: references(null) })).toBeNull();
  });

  test('is only impaired when nothing but the resolver is silent', () => {
    const deaf = { ...well, resolver: { address: '192.0.2.53', heard: false } };
    expect(judgeLine(deaf)).toEqual({ code: 'resolverSilent', address: '192.0.2.53' });
  });
});
