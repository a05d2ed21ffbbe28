import { BlockList, isIP } from 'node:net'

/**
 * Whether an address is one of our proxies, from a list such as `127.0.0.1,10.0.0.0/8,fd00::/8`. Only what these say of the
 * visitor's address (X-Forwarded-For) is believed.
 * @throws Error naming the part of the list that is neither an address nor a network.
 */
export function createProxyCheck(list: string): (address: string | undefined) => boolean {
  const trusted = new BlockList()
  for (const part of list.split(',').map((text) => text.trim())) if (part !== '') addTo(trusted, part)
  return (given) => {
    const address = given?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? ''
    const family = isIP(address)
    return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

function addTo(trusted: BlockList, part: string): void {
  const [address = '', prefix, ...rest] = part.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(/^\d{1,3}$/.test(prefix) ? prefix : Number.NaN)
  if (isIP(address) === 0 || rest.length > 0 || !(bits <= (family === 'ipv6' ? 128 : 32)))
    throw new Error(`environment: TRUSTED_PROXIES has ${JSON.stringify(part)}, which is no address and no network`)
  trusted.addSubnet(address, bits, family)
}
