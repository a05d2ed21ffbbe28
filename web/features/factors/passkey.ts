import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { useSyncExternalStore } from 'react'
import { api, type Session } from '@/lib/api'
import { faultOf, PasskeyFailed } from './passkey-failed'

/** Whether passkeys can be made and used on this page; `address`: not on a site that is reached by numbers. */
export type PasskeySupport = 'yes' | 'none' | 'address'

const load = () => import('@simplewebauthn/browser')
const isNumeric = (host: string): boolean => /^(\d+\.){3}\d+$|^\[/.test(host)
const never = () => () => undefined

function supportHere(): PasskeySupport {
  if (typeof window.PublicKeyCredential !== 'function') return 'none'
  return isNumeric(window.location.hostname) ? 'address' : 'yes'
}

/** What this browser can do; on the server, and until the page is alive, all are taken to be able. */
export const usePasskeySupport = (): PasskeySupport => useSyncExternalStore<PasskeySupport>(never, supportHere, () => 'yes')

async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new PasskeyFailed(faultOf(error), { cause: error })
  }
}

/** Has the browser make a passkey, and adds it to the account. Rejects with ApiError or PasskeyFailed. */
export async function createPasskey(name: string): Promise<Session> {
  const optionsJSON = (await api.factors.passkeyOptions()) as PublicKeyCredentialCreationOptionsJSON
  const { startRegistration } = await load()
  const response = await ask(() => startRegistration({ optionsJSON }))
  return api.factors.addPasskey({ name, response })
}

/** Proves with a passkey of the account who the person is. Rejects with ApiError or PasskeyFailed. */
export async function provePasskey(): Promise<Session> {
  const optionsJSON = (await api.factors.askPasskey()) as PublicKeyCredentialRequestOptionsJSON
  const { startAuthentication } = await load()
  const response = await ask(() => startAuthentication({ optionsJSON }))
  return api.factors.provePasskey({ response })
}
