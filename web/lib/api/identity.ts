import type { ActivityPage } from '@fairhold/api/contract/audit'
import type { Challenge, Profile, ProfileUpdate, Purpose, Session, SessionItem, Wallet } from '@fairhold/api/contract/identity'
import { call, orNull, remembered } from './client'

type SignedMessage = { message: string; signature: string }

/** Sessions, wallets and profiles. */
export const identity = {
  /** What a wallet is to sign, in words of the page's language. */
  challenge: (purpose: Purpose) => {
    const language = document.documentElement.lang === 'de' ? 'de' : 'en'
    return call<Challenge>('/identity/nonce', { method: 'POST', body: { purpose, language } })
  },
  signIn: (body: SignedMessage) => remembered(call<Session>('/identity/session', { method: 'POST', body })),
  session: (cookie?: string) => remembered(orNull(401, call<Session>('/identity/session', cookie ? { cookie } : {}))),
  signOut: () => call<void>('/identity/session', { method: 'DELETE' }),
  prove: (body: SignedMessage) => remembered(call<Session>('/identity/proof/wallet', { method: 'POST', body })),
  activity: (cursor: string | null) => call<ActivityPage>('/identity/activity', { query: { cursor } }),
  sessions: () => call<SessionItem[]>('/identity/sessions'),
  nameSession: (id: string, name: string) => call<void>(`/identity/sessions/${id}`, { method: 'PUT', body: { name } }),
  endSession: (id: string) => call<void>(`/identity/sessions/${id}`, { method: 'DELETE' }),
  endSessions: () => call<{ ended: number }>('/identity/sessions', { method: 'DELETE' }),
  wallets: () => call<Wallet[]>('/identity/wallets'),
  linkWallet: (body: SignedMessage) => call<Wallet[]>('/identity/wallets', { method: 'POST', body }),
  unlinkWallet: (address: string) => call<void>(`/identity/wallets/${address}`, { method: 'DELETE' }),
  profile: (address: string) => call<Profile>(`/identity/profiles/${address}`),
  updateProfile: (body: ProfileUpdate) => call<Profile>('/identity/profile', { method: 'PUT', body }),
}
