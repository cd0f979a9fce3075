/**
 * Cipher suites that nobody should offer any more, by their IANA numbers: without encryption, without a certificate, for
 * export, RC4, DES and triple DES (RFC 7465, RFC 9325, Sweet32).
 */
export const weakCiphers: ReadonlyMap<number, string> = new Map([
  [0x0001, 'RSA_NULL_MD5'],
  [0x0002, 'RSA_NULL_SHA'],
  [0x003b, 'RSA_NULL_SHA256'],
  [0xc006, 'ECDHE_ECDSA_NULL_SHA'],
  [0xc010, 'ECDHE_RSA_NULL_SHA'],
  [0x0018, 'DH_anon_RC4_128_MD5'],
  [0x001b, 'DH_anon_3DES_EDE_CBC_SHA'],
  [0x0034, 'DH_anon_AES_128_CBC_SHA'],
  [0x003a, 'DH_anon_AES_256_CBC_SHA'],
  [0x00a6, 'DH_anon_AES_128_GCM_SHA256'],
  [0xc018, 'ECDH_anon_AES_128_CBC_SHA'],
  [0xc019, 'ECDH_anon_AES_256_CBC_SHA'],
  [0x0003, 'RSA_EXPORT_RC4_40_MD5'],
  [0x0006, 'RSA_EXPORT_RC2_40_MD5'],
  [0x0008, 'RSA_EXPORT_DES40_CBC_SHA'],
  [0x0014, 'DHE_RSA_EXPORT_DES40_CBC_SHA'],
  [0x0004, 'RSA_RC4_128_MD5'],
  [0x0005, 'RSA_RC4_128_SHA'],
  [0xc007, 'ECDHE_ECDSA_RC4_128_SHA'],
  [0xc011, 'ECDHE_RSA_RC4_128_SHA'],
  [0x0009, 'RSA_DES_CBC_SHA'],
  [0x0015, 'DHE_RSA_DES_CBC_SHA'],
  [0x000a, 'RSA_3DES_EDE_CBC_SHA'],
  [0x0016, 'DHE_RSA_3DES_EDE_CBC_SHA'],
  [0xc008, 'ECDHE_ECDSA_3DES_EDE_CBC_SHA'],
  [0xc012, 'ECDHE_RSA_3DES_EDE_CBC_SHA'],
]);

/** What servers of all ages agree on: with ECDHE, DHE and RSA, AES in GCM and CBC, ChaCha20. */
export const usualCiphers: readonly number[] = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xccaa, 0xc023, 0xc027, 0xc024, 0xc028, 0xc009,
  0xc013, 0xc00a, 0xc014, 0x0033, 0x0039, 0x0067, 0x006b, 0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0x000a,
  0x0005, 0x0004,
];
