import certificates from '../../assets/certificates/safaricom.json' with { type: 'json' };

/** Safaricom's certificates that came with the program, PEM; assets/certificates/README.md says what is known of them. */
export const SHIPPED_CERTIFICATES = {
  sandbox: join(certificates.sandbox),
  production: join(certificates.production),
} as const;

function join(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** SHA-256 of the public keys (SPKI) that passwords are known to be encrypted with: a certificate may be renewed around one. */
export const KNOWN_KEYS: Readonly<Record<string, 'sandbox' | 'production'>> = {
  bc1aba1eb634213496663c5e5b69dcda742acc8d5c2bd25eccb16e1caf66e8dc: 'sandbox',
  '085bf508c873dd7d69361796925d10f87b59d3f0147d148f46103c1df6464c45': 'production',
};

/** Hosts whose certificates secure connections. People find them first, and they encrypt no password. */
export const TLS_HOSTS: readonly string[] = [
  'sandbox.safaricom.co.ke',
  'api.safaricom.co.ke',
  'developer.safaricom.co.ke',
  'daraja.safaricom.co.ke',
  '*.safaricom.co.ke',
  'safaricom.co.ke',
  'www.safaricom.co.ke',
];
