import { cookies } from 'next/headers'
import { cache } from 'react'
import { api, type Config, type Session } from './api'

/** The visitor's cookies as a header, to pass on to the API when a page is rendered here. */
export async function cookieHeader(): Promise<string> {
  return (await cookies()).toString()
}

/** Configuration and session for the frame of every page, asked once for it; null when the API does not answer. */
export const loadFrame = cache(async (): Promise<{ config: Config; session: Session | null } | null> => {
  try {
    const [config, session] = await Promise.all([api.meta.config(), api.identity.session(await cookieHeader())])
    return { config, session }
  } catch {
    return null
  }
})
