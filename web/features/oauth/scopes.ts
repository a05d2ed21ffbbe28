import type { OauthScope } from '@fairhold/api/contract/oauth'

/** All that an app can ask for. */
export const scopes = [
  'openid',
  'profile',
  'offline_access',
  'profile:read',
  'profile:write',
  'listings:read',
  'listings:write',
  'deals:read',
  'deals:write',
  'disputes:write',
  'reviews:write',
  'credentials:read',
] as const satisfies readonly OauthScope[]

/** Scopes that need no second thought; the others are marked. */
export const careless: readonly OauthScope[] = [
  'openid',
  'profile',
  'offline_access',
  'listings:read',
  'reviews:write',
  'credentials:read',
]

/** The scope, where its title alone does not say enough. */
export function hinted(scope: OauthScope): Exclude<OauthScope, 'profile' | 'listings:read'> | undefined {
  return scope === 'profile' || scope === 'listings:read' ? undefined : scope
}
