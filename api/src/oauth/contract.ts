import { z } from 'zod'
import { scopes } from '../http/scopes.ts'
import { addressOut, nameShape, textShape } from '../http/shapes.ts'
import { MAX_REDIRECT_URIS, redirectUriProblem } from './redirect-uri.ts'

/** What an app can ask for beside the scopes of the api: who the person is, and tokens for while they are away. */
export const oauthScopes = ['openid', 'profile', 'offline_access', ...scopes] as const
export type OauthScope = (typeof oauthScopes)[number]

/** Says that the person proved within the last ten minutes who they are: with their second factor, or a wallet without one. */
export const ACR_PROVED = 'urn:fairhold:acr:proved'
/** Says that the person is signed in, however long ago that was. */
export const ACR_SIGNED_IN = 'urn:fairhold:acr:signed-in'

/** The name stands where people decide whom to trust: nothing unseen, nothing that turns it round, and not ours. */
const clientNameShape = nameShape
  .trim()
  .min(2, 'give a name of two characters or more')
  .max(60, 'keep the name to 60 characters')
  .regex(/^[^\p{C}\u2028\u2029\u200b-\u200f]*$/u, 'has characters that cannot be seen')
  .refine((name) => !/fairhold/i.test(name.normalize('NFKC')), 'must not name Fairhold: people would take the app for us')

const uriShape = textShape.max(400, 'keep it to 400 characters').superRefine((uri, { addIssue }) => {
  const problem = redirectUriProblem(uri)
  if (problem) addIssue({ code: 'custom', message: problem })
})

export const clientInShape = z.object({
  name: clientNameShape,
  /** Where people read about the app. */
  homepage: uriShape,
  /** Where people are sent back to; compared character by character. */
  redirectUris: z
    .array(uriShape)
    .min(1, 'give at least one')
    .max(MAX_REDIRECT_URIS, `give at most ${MAX_REDIRECT_URIS}`)
    .refine((uris) => new Set(uris).size === uris.length, 'names one of them twice'),
})
export type ClientIn = z.infer<typeof clientInShape>

/** Whether the app can keep a secret, as a server can and a page or a phone cannot. */
export const newClientShape = clientInShape.extend({ confidential: z.boolean() })
export type NewClient = z.infer<typeof newClientShape>

/** An app as who registered it sees it. */
export const clientShape = clientInShape.extend({
  id: z.string(),
  name: z.string(),
  homepage: z.string(),
  redirectUris: z.array(z.string()),
  confidential: z.boolean(),
  /** How many people let it act for them now. */
  people: z.number().int(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** ISO 8601; null unless the market stopped it. */
  disabledAt: z.string().nullable(),
})
export type OauthClient = z.infer<typeof clientShape>

/** `secret`: shown this once; null for a public app. */
export const createdClientShape = clientShape.extend({ secret: z.string().nullable() })
export type CreatedClient = z.infer<typeof createdClientShape>

/** An app that may act for the person. */
export const connectionShape = z.object({
  clientId: z.string(),
  name: z.string(),
  homepage: z.string(),
  scopes: z.array(z.enum(oauthScopes)),
  /** ISO 8601. */
  since: z.string(),
  /** ISO 8601, to five minutes; null if it never called. */
  lastUsedAt: z.string().nullable(),
})
export type Connection = z.infer<typeof connectionShape>

/** What an app asks the person for. The app's words are those of strangers. */
export const consentShape = z.object({
  client: z.object({
    id: z.string(),
    name: z.string(),
    homepage: z.string(),
    /** Of the address that the person is sent back to, as in that address. */
    redirectHost: z.string(),
    registeredAt: z.string(),
    registeredBy: z.object({ address: addressOut.nullable(), name: z.string() }),
  }),
  scopes: z.array(z.enum(oauthScopes)),
  /** Whether the app wants a proof, fresher than there is, that it is the person. */
  proofNeeded: z.boolean(),
})
export type ConsentRequest = z.infer<typeof consentShape>

export const decisionShape = z.object({ allow: z.boolean() })
export const decidedShape = z.object({ location: z.string() })

/** Why an app could not send a person here. Each has a page of words. */
export const oauthProblems = ['expired', 'unknown-app', 'bad-redirect', 'bad-request', 'failed'] as const
export type OauthProblem = (typeof oauthProblems)[number]
