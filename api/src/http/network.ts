import { isIPv4, isIPv6 } from 'node:net'

const GROUPS = 8
const NETWORK_GROUPS = 4 // 64 bits: what one household or one server is given, and can choose addresses from at will

/**
 * The network that a visitor's address belongs to, as one text: an IPv4 address itself, an IPv6 address' first 64 bits.
 * What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  if (isIPv4(bare) || !isIPv6(bare)) return bare
  const groups = groupsOf(bare)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (mapped) return [groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join('.')
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** The eight numbers of an IPv6 address, whichever of its many texts this is (RFC 4291). */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.split('::')
  const before = head === '' ? [] : head.split(':').flatMap(numbersOf)
  const after = tail === '' ? [] : tail.split(':').flatMap(numbersOf)
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after]
}

function numbersOf(group: string): number[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16)]
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
  return [(a << 8) | b, (c << 8) | d]
}
