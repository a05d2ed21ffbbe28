import { BlockList, isIP } from 'node:net'

/** Networks of IPv4 that are nobody's on the public internet (IANA special-purpose registry), each with its mask. */
const NOT_PUBLIC_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: clouds answer here with credentials
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Within 2000::/3, the only part of IPv6 that is global unicast, what is not public or stands for an IPv4 address. */
const NOT_PUBLIC_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closedV4 = new BlockList()
for (const [network, prefix] of NOT_PUBLIC_V4) closedV4.addSubnet(network, prefix, 'ipv4')
const globalV6 = new BlockList()
globalV6.addSubnet('2000::', 3, 'ipv6')
const closedV6 = new BlockList()
for (const [network, prefix] of NOT_PUBLIC_V6) closedV6.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address is one of the public internet: not loopback, private, link-local, shared, reserved or multicast. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closedV4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  // BlockList takes ::ffff:a.b.c.d for the IPv4 address in it; it is outside of 2000::/3 all the same.
  return !/^::ffff:/i.test(address) && globalV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
}
