import { lookup as lookUp } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const HTTPS_PORT = 443
const MAX_HEADER_BYTES = 8 * 1024

export interface FetchLimits {
  maxBytes: number
  timeoutMs: number
  /** What the answer may be, beside nothing said. */
  contentTypes: readonly string[]
}

/** What reaches the network. Tests put a server of their own in its place. */
export interface Outside {
  /** All addresses of a host name. */
  lookup: (host: string) => Promise<readonly string[]>
  isPublic: (address: string) => boolean
  port: number
  /** Certificates to trust instead of the usual ones. */
  ca?: string
}

const outside: Outside = {
  lookup: async (host) => (await lookUp(host, { all: true, verbatim: true })).map(({ address }) => address),
  isPublic: isPublicAddress,
  port: HTTPS_PORT,
}

/**
 * Fetches a text that a user named, so that nothing but the public internet is ever asked: HTTPS on its own port only, host names
 * only, every address of the name must be public and the connection goes to one that was checked, no redirect is followed, and
 * size and time are bounded. @throws FetchRefused with the reason, which says nothing of inner networks.
 */
export async function fetchPublic(url: string, limits: FetchLimits, through: Outside = outside): Promise<string> {
  const { host, path } = target(url)
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const addresses = await publicAddresses(host, through, signal)
  const response = await get({ host, path, addresses, through, signal })
  return read(response, limits)
}

function target(url: string): { host: string; path: string } {
  if (url.length > 2000 || !URL.canParse(url)) throw new FetchRefused('not an address on the web')
  const { protocol, hostname, port, username, password, pathname, search } = new URL(url)
  if (protocol !== 'https:') throw new FetchRefused('only https is fetched')
  if (port !== '' || username !== '' || password !== '') throw new FetchRefused('no other port and no password is taken')
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) throw new FetchRefused('only host names are fetched from, no addresses')
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname)) throw new FetchRefused('not a public host name')
  return { host: hostname, path: `${pathname}${search}` }
}

async function publicAddresses(host: string, through: Outside, signal: AbortSignal): Promise<readonly string[]> {
  const tooLate = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new FetchRefused('no answer in time')), { once: true })
  })
  tooLate.catch(() => undefined)
  const addresses = await Promise.race([through.lookup(host), tooLate]).catch((cause: unknown) => {
    throw cause instanceof FetchRefused ? cause : new FetchRefused('the host name is unknown', { cause })
  })
  if (addresses.length === 0) throw new FetchRefused('the host name is unknown')
  if (!addresses.every(through.isPublic)) throw new FetchRefused('the host is not on the public internet')
  return addresses
}

interface Call {
  host: string
  path: string
  addresses: readonly string[]
  through: Outside
  signal: AbortSignal
}

function get({ host, path, addresses, through, signal }: Call): Promise<IncomingMessage> {
  const checked = addresses.map((address) => ({ address, family: isIP(address) }))
  // The name is not looked up a second time: it could have another answer by now.
  const lookup: LookupFunction = (_host, options, answer) => {
    if (options.all) return answer(null, checked)
    answer(null, checked[0]?.address ?? '', checked[0]?.family)
  }
  const headers = { accept: 'application/json, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'Fairhold' }
  const tls = through.ca === undefined ? {} : { ca: through.ca }
  const options = {
    host,
    path,
    port: through.port,
    headers,
    lookup,
    signal,
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    ...tls,
  }
  return new Promise((resolve, reject) => {
    const asking = request(options, resolve)
    asking.on('error', (cause) => {
      reject(new FetchRefused(signal.aborted ? 'no answer in time' : 'the connection failed', { cause }))
    })
    asking.end()
  })
}

async function read(response: IncomingMessage, { maxBytes, contentTypes }: FetchLimits): Promise<string> {
  try {
    if (response.statusCode !== 200) throw new FetchRefused(`the answer was ${response.statusCode}, and no redirect is followed`)
    if (response.headers['content-encoding'] !== undefined) throw new FetchRefused('compressed answers are not read')
    const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
    if (type !== undefined && !contentTypes.includes(type)) throw new FetchRefused('the answer is of another kind')
    if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new FetchRefused('the answer is too large')
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new FetchRefused('the answer is too large')
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw cause instanceof FetchRefused ? cause : new FetchRefused('the answer broke off or came too late', { cause })
  } finally {
    response.destroy()
  }
}

/** Something was not fetched. The message is a reason, in words. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused'
}
