import type { DIDDocument, VerificationMethod } from 'did-resolver'
import { z } from 'zod'

const MAX_KEYS = 32
const MAX_TEXT = 600
/** Longer than any honest document of keys; what is larger is refused before it is looked at. */
export const MAX_DOCUMENT_BYTES = 64 * 1024

/** Kinds of keys whose signatures are taken, each one key. No conditional proofs: those nest other documents. */
const KEY_TYPES: readonly string[] = [
  'JsonWebKey2020',
  'Multikey',
  'EcdsaSecp256k1VerificationKey2019',
  'EcdsaSecp256k1RecoveryMethod2020',
  'Secp256k1VerificationKey2018',
  'EcdsaSecp256r1VerificationKey2019',
  'Ed25519VerificationKey2018',
  'Ed25519VerificationKey2020',
]

const text = z.string().max(MAX_TEXT)
const keyShape = z.object({
  id: text,
  type: text,
  controller: text,
  publicKeyJwk: z.object({ kty: text, crv: text, x: text, y: text.optional() }).optional(),
  publicKeyMultibase: text.optional(),
  publicKeyBase58: text.optional(),
  publicKeyBase64: text.optional(),
  publicKeyHex: text.optional(),
  blockchainAccountId: text.optional(),
})
const documentShape = z.object({
  id: text,
  verificationMethod: z.array(z.unknown()).max(MAX_KEYS).default([]),
  authentication: z.array(z.unknown()).max(MAX_KEYS).default([]),
  assertionMethod: z.array(z.unknown()).max(MAX_KEYS).default([]),
})

/**
 * What we use of a DID document: the DID's own keys of kinds we know, and which of them may authenticate or assert. All else is
 * left out: services, keys of other controllers, conditions. Both lists are always there, as did-jwt takes a missing one for
 * "all keys". @throws DocumentRefused for another subject, more keys than are looked at, or no document at all.
 */
export function cleanDocument(did: string, given: unknown): DIDDocument {
  const parsed = documentShape.safeParse(given)
  if (!parsed.success) throw new DocumentRefused(`the document is not as expected: ${z.prettifyError(parsed.error)}`)
  const document = parsed.data
  if (document.id.toLowerCase() !== did.toLowerCase()) throw new DocumentRefused('the document is about another DID')
  const keys = new Map<string, VerificationMethod>()
  for (const method of document.verificationMethod) keep(keys, did, method)
  const purposeOf = (list: readonly unknown[]): string[] => {
    const ids = list.map((entry) => (typeof entry === 'string' ? absolute(did, entry) : keep(keys, did, entry)))
    return ids.filter((id) => id !== null && keys.has(id)) as string[]
  }
  const authentication = purposeOf(document.authentication)
  const assertionMethod = purposeOf(document.assertionMethod)
  return { id: did, verificationMethod: [...keys.values()], authentication, assertionMethod }
}

/** Adds a key to those of the document if it is one; says its id. */
function keep(keys: Map<string, VerificationMethod>, did: string, given: unknown): string | null {
  const parsed = keyShape.safeParse(given)
  if (!parsed.success || !KEY_TYPES.includes(parsed.data.type)) return null
  const { controller } = parsed.data
  if (controller.toLowerCase() !== did.toLowerCase()) return null
  const id = absolute(did, parsed.data.id)
  if (id === null || keys.has(id)) return null
  const known = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined))
  keys.set(id, { ...known, id, controller: did } as VerificationMethod)
  return id
}

/** The id of a key within the document; null if it is outside. */
function absolute(did: string, id: string): string | null {
  const hash = id.indexOf('#')
  if (hash < 0) return null
  const [before, fragment] = [id.slice(0, hash), id.slice(hash + 1)]
  const isOwn = before === '' || before.toLowerCase() === did.toLowerCase()
  return isOwn && fragment !== '' ? `${did}#${fragment}` : null
}

/** A DID document that is not used. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused'
}
