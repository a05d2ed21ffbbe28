/** What a program may be allowed to do for a person, each narrow enough to be said in one sentence. Sessions of a person can do all. */
export const scopes = [
  'profile:read',
  'profile:write',
  'listings:read',
  'listings:write',
  'deals:read',
  'deals:write',
  'disputes:write',
  'reviews:write',
  'credentials:read',
] as const
export type Scope = (typeof scopes)[number]
