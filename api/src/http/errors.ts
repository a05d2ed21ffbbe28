import type { Fault } from './faults.ts'

/** Every way in which the api says no: HTTP status, what happened in a word, and what to do. */
const catalogue = {
  VALIDATION: { status: 400, title: 'Something in the request is not right', whatToDo: 'Correct the fields named in errors.' },
  MALFORMED: {
    status: 400,
    title: 'The request cannot be read',
    whatToDo: 'Send well-formed JSON with content-type application/json.',
  },
  BAD_CURSOR: { status: 400, title: 'This page of the list does not exist', whatToDo: 'Begin again without a cursor.' },
  NOT_SIGNED_IN: { status: 401, title: 'You are not signed in', whatToDo: 'Sign in with your wallet and try again.' },
  SIGN_IN_REFUSED: {
    status: 401,
    title: 'Signing in did not work',
    whatToDo: 'Try again: each try needs a new message to sign.',
  },
  TOKEN_REFUSED: { status: 401, title: 'The token is not good', whatToDo: 'Get a new token.' },
  SCOPE_MISSING: {
    status: 403,
    title: 'The token does not allow that',
    whatToDo: 'Ask the person for a token with the scope that is named, or let them do it in the marketplace.',
  },
  STEP_UP_NEEDED: {
    status: 403,
    title: 'Prove once more that it is you',
    whatToDo: 'Use your second factor, or sign with your wallet if you have none, and try again.',
  },
  SECOND_FACTOR_NEEDED: {
    status: 403,
    title: 'Your wallet alone is not enough',
    whatToDo: 'Use your passkey, a code from your authenticator app, or a recovery code.',
  },
  SECOND_FACTOR_MISSING: {
    status: 403,
    title: 'This needs a second factor',
    whatToDo: 'Add a passkey or an authenticator app under Settings, Security, and try again.',
  },
  PROOF_REFUSED: {
    status: 403,
    title: 'That did not prove that it is you',
    whatToDo: 'Try again, or use another of your second factors.',
  },
  CSRF_REFUSED: {
    status: 403,
    title: 'The page is out of date',
    whatToDo: 'Reload the page and try again. Programs: send the csrf value of GET /v1/identity/session as X-CSRF-Token.',
  },
  FORBIDDEN: { status: 403, title: 'This is not yours to do', whatToDo: 'Sign in with the account that may.' },
  FOREIGN_ORIGIN: { status: 403, title: 'The request came from another site', whatToDo: 'Use the marketplace itself.' },
  NOT_FOUND: { status: 404, title: 'There is nothing here', whatToDo: 'Check the address.' },
  WALLET_TAKEN: {
    status: 409,
    title: 'The wallet belongs to another account',
    whatToDo: 'Sign in with that wallet, and take it off that account first.',
  },
  ACCOUNT_NEEDED: {
    status: 409,
    title: 'The account cannot be deleted yet',
    whatToDo: 'Do what is named first, then delete it.',
  },
  LAST_WALLET: { status: 409, title: 'An account needs a wallet', whatToDo: 'Link another wallet first.' },
  ALREADY_THERE: { status: 409, title: 'That has been done already', whatToDo: 'Reload the page to see how things stand.' },
  DRAFT_CHANGED: {
    status: 409,
    title: 'The draft was changed elsewhere',
    whatToDo: 'Look at the newer version, and say which of the two to keep.',
  },
  DRAFTS_FULL: { status: 409, title: 'There are too many drafts', whatToDo: 'Publish or throw away one of them first.' },
  TOO_MANY: { status: 409, title: 'There is no room for another', whatToDo: 'Remove one that you no longer need.' },
  WRONG_STATE: { status: 409, title: 'The deal does not allow that now', whatToDo: 'Reload the page to see how things stand.' },
  IN_PROGRESS: { status: 409, title: 'The same request is being worked on', whatToDo: 'Wait for its answer.' },
  PICTURES_FULL: {
    status: 409,
    title: 'You have uploaded too many pictures that nothing uses',
    whatToDo: 'Publish the listings that they are for, or wait: what no listing and no draft shows is deleted after three days.',
  },
  TOO_LARGE: { status: 413, title: 'That is too large', whatToDo: 'Send something smaller.' },
  WRONG_MEDIA: {
    status: 415,
    title: 'That kind of content is not taken',
    whatToDo: 'Send JSON, or a picture where one is asked for.',
  },
  NOT_AN_IMAGE: {
    status: 422,
    title: 'That is not a picture we can show',
    whatToDo: 'Choose a JPEG, PNG, WebP or AVIF picture.',
  },
  WRONG_SIGNATURE: { status: 422, title: 'The signature does not fit', whatToDo: 'Sign again with the wallet of this account.' },
  CREDENTIAL_REFUSED: {
    status: 422,
    title: 'The credential cannot be shown here',
    whatToDo: 'Choose one that is valid, about you, and signed by a DID that can be looked up.',
  },
  OFFER_REFUSED: { status: 422, title: 'The offer cannot be published', whatToDo: 'Correct what is named and sign again.' },
  RELAY_CLOSED: {
    status: 409,
    title: 'The relayer does not send this',
    whatToDo: 'Send the transaction from your own wallet instead, and pay for its gas.',
  },
  KEY_REUSED: {
    status: 422,
    title: 'This idempotency key was used for something else',
    whatToDo: 'Use a new key for a new request.',
  },
  TOO_MANY_TRIES: {
    status: 429,
    title: 'Too many wrong codes',
    whatToDo: 'Wait as long as it says. A passkey can be used at once.',
  },
  RATE_LIMITED: { status: 429, title: 'Too many requests', whatToDo: 'Wait a minute and try again.' },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong here',
    whatToDo: 'Try again. Your money is safe: it is in the contract, not here.',
  },
  SEARCH_TOO_LONG: {
    status: 503,
    title: 'This search took too long',
    whatToDo: 'Search for other words, without quotes and minus signs, or choose a category.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'A part of the marketplace is away',
    whatToDo: 'Try again in a moment. Your money is safe.',
  },
} as const satisfies Record<string, { status: number; title: string; whatToDo: string }>

export type ErrorCode = keyof typeof catalogue

export interface FieldError {
  path: string
  message: string
  /** What kind of fault it is, where a schema found it. */
  fault?: Fault
  /** The bound that was crossed. */
  limit?: number
}

/** A refusal that its reader is told about. `detail` is a sentence of what happened. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly FieldError[] | undefined

  constructor(code: ErrorCode, detail: string, errors?: readonly FieldError[]) {
    super(detail)
    this.name = 'AppError'
    this.code = code
    this.errors = errors
  }

  get status(): number {
    return catalogue[this.code].status
  }

  /** As problem+json (RFC 9457). */
  toProblem() {
    const { status, title, whatToDo } = catalogue[this.code]
    const type = `urn:fairhold:problem:${this.code.toLowerCase().replaceAll('_', '-')}`
    return {
      type,
      title,
      status,
      detail: this.message,
      code: this.code,
      whatToDo,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}

export const errorCodes = Object.keys(catalogue) as ErrorCode[]

/** One thing in the request that is not right. `path`: dotted, where it stands. */
export function invalid(path: string, message: string): AppError {
  return new AppError('VALIDATION', `${path}: ${message}.`, [{ path, message }])
}
