import { BlockList, isIP } from 'node:net';

/** The twelve of Safaricom's portal ("Getting started", go-live), as of 2026-09. */
export const SAFARICOM_ADDRESSES: readonly string[] = [
  '196.201.214.200',
  '196.201.214.206',
  '196.201.213.114',
  '196.201.214.207',
  '196.201.214.208',
  '196.201.213.44',
  '196.201.212.127',
  '196.201.212.138',
  '196.201.212.129',
  '196.201.212.136',
  '196.201.212.74',
  '196.201.212.69',
];

/** Said of an address that could not be told, for example because a proxy sent something else. */
export const UNKNOWN_ADDRESS = 'unknown';

/** The widest networks that may stand in the list: anything wider is a list that lets everybody in. */
const WIDEST = { ipv4: 24, ipv6: 48 } as const;

/** Never Safaricom: this computer, private networks, link-local, multicast and the like. */
const NOT_PUBLIC = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]);

type Range = { readonly address: string; readonly family: 'ipv4' | 'ipv6'; readonly prefix: number };

/** One address or network (`196.201.214.0/24`) taken apart; null when it is none. */
export function readRange(text: string): Range | null {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0 || address.includes('%')) return null;
  const longest = version === 4 ? 32 : 128;
  const length = prefix === undefined ? longest : Number(prefix);
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  return length > longest ? null : { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix: length };
}

/** Where a proxy of one's own stands, and nobody outside: networks of any width inside these may be trusted. */
const PRIVATE: readonly string[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** The widest public networks that may be trusted: beyond, strangers stand in them, and each could name any address. */
const WIDEST_PROXY = { ipv4: 24, ipv6: 64 } as const;
const PUBLIC_IPV6 = listOf(['2000::/3']);

/** What is wrong with one whose X-Forwarded-For is to be believed, in words for the operator; null when nothing is. */
export function findProxyFault(text: string): string | null {
  const range = readRange(text);
  if (range === null) return `${text} is not an address`;
  const { address, family, prefix } = range;
  if (PRIVATE.some((each) => holds(each, range))) return null;
  const isPublic = family === 'ipv4' ? !isIn(NOT_PUBLIC, address) : isIn(PUBLIC_IPV6, address);
  const widest = WIDEST_PROXY[family];
  if (prefix < widest) return `${text} is wider than /${widest} and not all of it is a private network`;
  return isPublic ? null : `${text} is no address that a proxy has`;
}

/** True when every address of the range lies in the network. */
function holds(network: string, { address, family, prefix }: Range): boolean {
  const outer = readRange(network);
  return (
    outer !== null && outer.family === family && outer.prefix <= prefix && isIn(listOf([network]), address)
  );
}

/** True when some address lies in both. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [readRange(one), readRange(other)];
  return a !== null && b !== null && (holds(one, b) || holds(other, a));
}

/** What is wrong with a list of who may deliver, in words for the operator; null when nothing is. */
export function findAddressFault(list: readonly string[], proxies: readonly string[]): string | null {
  if (list.length === 0) return 'the list cannot be empty: nobody could deliver, or anybody';
  for (const text of list) {
    const range = readRange(text);
    if (range === null) return `${text} is not an address`;
    if (range.prefix < WIDEST[range.family]) return `${text} is wider than /${WIDEST[range.family]}`;
    if (isIn(NOT_PUBLIC, range.address)) return `${text} is not a public address`;
    const proxy = proxies.find((each) => overlap(each, text));
    if (proxy !== undefined) return `${text} is a trusted proxy (${proxy})`;
  }
  return null;
}

/** A list that can be asked with `isIn`. Throws on what is no address: check it first. */
export function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = readRange(text);
    if (range === null) throw new Error(`${text} is not an address`);
    list.addSubnet(range.address, range.prefix, range.family);
  }
  return list;
}

export function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** An address in its plain form: IPv4 out of its IPv6 cover; `unknown` for what is no address. */
export function plainAddress(address: string): string {
  const bare = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address;
  return isIP(bare) === 0 || bare.includes('%') ? UNKNOWN_ADDRESS : bare;
}
