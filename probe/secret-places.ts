/**
 * Settings that say where a kind sends its secrets, as whom, and how they are protected on their way. A name means the
 * same in every kind. A stored secret is not taken along when one of them changes: who may change a check is not thereby
 * somebody who may be told its password.
 */
const places: ReadonlySet<string> = new Set([
  'scheme',
  'port',
  'path',
  'hostName',
  'serverName',
  'redirects',
  'redirectTo',
  'headers',
  'steps',
  'method',
  'signIn',
  'security',
  'tls',
  'verifyCertificate',
  'passwordAnyway',
  'user',
  'database',
  'virtualHost',
  'authMethod',
  'clientCertificate',
  'look',
  'managementPort',
  'managementTls',
  'smtpPort',
  'smtpSecurity',
  'smtpServerName',
  'smtpUser',
  'imapServer',
  'imapPort',
  'imapSecurity',
  'imapServerName',
  'imapUser',
  'version',
  'securityLevel',
  'authProtocol',
  'privProtocol',
  'contextName',
  'hostKeys',
  'program',
  'arguments',
]);

/** Whether a settings field says where secrets go. */
export function isSecretPlace(field: string): boolean {
  return places.has(field);
}
