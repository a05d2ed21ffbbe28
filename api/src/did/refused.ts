/** What was wrong with a token, in a word; for logs and tests. */
export type RefusalReason = 'size' | 'form' | 'header' | 'claims' | 'times' | 'audience' | 'issuer' | 'signature' | 'replay'

/** A token that is not accepted. The message may be shown. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
