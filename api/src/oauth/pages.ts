import { errors } from 'oidc-provider'
import type { OauthProblem } from './contract.ts'

/** The page that says why an app could not send a person here. Only a word of ours is in its address. */
export function problemPath(error: Error): string {
  return `/oauth/problem?why=${problemOf(error)}`
}

function problemOf(error: Error): OauthProblem {
  if (error instanceof errors.SessionNotFound) return 'expired'
  if (error instanceof errors.InvalidRedirectUri) return 'bad-redirect'
  if (error instanceof errors.InvalidClient) return 'unknown-app'
  return error instanceof errors.OIDCProviderError ? 'bad-request' : 'failed'
}
