import type { DIDDocument, DIDResolutionResult, DIDResolver, Resolvable } from 'did-resolver'
import { getResolver as keyMethod } from 'key-did-resolver'
import { getResolver as pkhMethod } from 'pkh-did-resolver'
import type { PublicClient } from 'viem'
import { type FetchLimits, fetchPublic, type Outside } from '../http/fetch-public.ts'
import { createLookupCache } from './cache.ts'
import { cleanDocument, DocumentRefused, MAX_DOCUMENT_BYTES } from './document.ts'
import { resolveEthr } from './ethr.ts'
import { type Did, type DidMethod, parseDid } from './parse.ts'
import { parseStrictJson } from './strict-json.ts'

const MAX_KNOWN = 2_000
const TIMEOUT_MS = 5_000
const WEB_LIMITS: FetchLimits = {
  maxBytes: MAX_DOCUMENT_BYTES,
  timeoutMs: TIMEOUT_MS,
  contentTypes: ['application/json', 'application/did+json', 'application/did+ld+json', 'application/ld+json'],
}

/** How long a document is used without being read again, in milliseconds. Those of pkh and key follow from the DID alone. */
const LIFE_MS: Record<DidMethod, number> = {
  pkh: 24 * 3_600_000,
  key: 24 * 3_600_000,
  ethr: 15_000,
  web: 300_000,
}

export interface ResolverOptions {
  /** Where did:ethr is read; none, and did:ethr is refused. */
  ethr?: { chain: PublicClient; chainId: number; registry: string } | undefined
  /** Whether did:web may be fetched from the public internet. */
  web: boolean
  /** In milliseconds. */
  now: () => number
  /** In place of the network, for tests. */
  outside?: Outside
}

export interface DidResolver extends Resolvable {
  /** The document, cleaned; `fresh` reads what can change anew. @throws DidUnresolved */
  document: (did: string, options?: { fresh?: boolean }) => Promise<DIDDocument>
  /** The same, in the form that did-jwt asks for, always fresh. */
  fresh: Resolvable
}

/**
 * Resolves did:pkh, did:key, did:ethr of our own chain and, where it is allowed, did:web. Nothing is asked of anybody for the
 * first two, only our own node for the third. Every document is bounded in size and time and reduced to keys.
 */
export function createDidResolver(options: ResolverOptions): DidResolver {
  const cache = createLookupCache<DIDDocument>(MAX_KNOWN, options.now)
  const document: DidResolver['document'] = async (text, { fresh = false } = {}) => {
    const did = parseDid(text)
    if (did === null) throw new DidUnresolved('invalidDid', 'this is not a DID of a method that is known here')
    const isFixed = did.method === 'pkh' || did.method === 'key'
    const life = fresh && !isFixed ? 0 : LIFE_MS[did.method]
    return cache.get(did.did, life, () => inTime(look(did, options)))
  }
  const resolvable = (fresh: boolean): Resolvable => ({ resolve: (did) => asResult(document(did, { fresh }), did) })
  return { document, fresh: resolvable(true), ...resolvable(false) }
}

async function look(did: Did, { ethr, web, now, outside }: ResolverOptions): Promise<DIDDocument> {
  try {
    switch (did.method) {
      case 'pkh':
        return cleanDocument(did.did, await offline(pkhMethod().pkh as DIDResolver, did.did))
      case 'key':
        return cleanDocument(did.did, await offline(keyMethod().key as DIDResolver, did.did))
      case 'ethr': {
        if (!ethr || ethr.chainId !== did.chainId) throw new DidUnresolved('notFound', 'did:ethr is not read on this chain')
        return cleanDocument(did.did, await resolveEthr(did.did, did.address, { ...ethr, now }))
      }
      case 'web': {
        if (!web) throw new DidUnresolved('unsupportedDidMethod', 'did:web is not looked up here')
        const path = did.path.length === 0 ? '.well-known' : did.path.join('/')
        const text = await fetchPublic(`https://${did.host}/${path}/did.json`, WEB_LIMITS, outside)
        return cleanDocument(did.did, parseStrictJson(text))
      }
    }
  } catch (cause) {
    if (cause instanceof DidUnresolved) throw cause
    const reason = cause instanceof DocumentRefused ? 'invalidDidDocument' : 'notFound'
    throw new DidUnresolved(reason, cause instanceof Error ? cause.message : 'no document', { cause })
  }
}

/** Runs a method that needs nothing but the DID. */
async function offline(method: DIDResolver, did: string): Promise<DIDDocument> {
  const id = did.split(':').slice(2).join(':')
  const parsed = { did, didUrl: did, method: did.split(':')[1] ?? '', id }
  const nobody = { resolve: () => Promise.reject(new Error('no other DID is needed')) }
  const { didDocument, didResolutionMetadata } = await method(did, parsed, nobody, { accept: 'application/did+json' })
  if (didDocument === null) throw new DidUnresolved('invalidDid', String(didResolutionMetadata.message ?? 'not a key'))
  return didDocument
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DidUnresolved('notFound', 'no document in time')), TIMEOUT_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** did-jwt compares ids with the issuer as it is written in the token, so the document is given in the same spelling. */
async function asResult(document: Promise<DIDDocument>, asked: string): Promise<DIDResolutionResult> {
  try {
    const { id, ...rest } = await document
    const spelled = JSON.parse(JSON.stringify(rest).replaceAll(`"${id}`, `"${asked}`)) as Omit<DIDDocument, 'id'>
    return { didDocument: { id: asked, ...spelled }, didDocumentMetadata: {}, didResolutionMetadata: {} }
  } catch (error) {
    if (!(error instanceof DidUnresolved)) throw error
    const didResolutionMetadata = { error: error.code, message: error.message }
    return { didDocument: null, didDocumentMetadata: {}, didResolutionMetadata }
  }
}

/** A DID has no document that can be used. `code` as in DID Resolution. */
export class DidUnresolved extends Error {
  override readonly name = 'DidUnresolved'
  readonly code: 'invalidDid' | 'notFound' | 'unsupportedDidMethod' | 'invalidDidDocument'

  constructor(code: DidUnresolved['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
