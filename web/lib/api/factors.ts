import type { Enrolment, Factors, RecoveryCodes } from '@fairhold/api/contract/factors'
import type { Session } from '@fairhold/api/contract/identity'
import { call, remembered } from './client'

/** Second factors. */
export const factors = {
  list: () => call<Factors>('/identity/factors'),
  passkeyOptions: () => call<object>('/identity/factors/passkeys/options', { method: 'POST' }),
  addPasskey: (body: { name: string; response: object }) =>
    remembered(call<Session>('/identity/factors/passkeys', { method: 'POST', body })),
  renamePasskey: (id: string, name: string) => call<void>(`/identity/factors/passkeys/${id}`, { method: 'PUT', body: { name } }),
  removePasskey: (id: string) => remembered(call<Session>(`/identity/factors/passkeys/${id}`, { method: 'DELETE' })),
  enrolApp: () => call<Enrolment>('/identity/factors/app', { method: 'POST' }),
  confirmApp: (code: string) =>
    remembered(call<Session>('/identity/factors/app/confirmation', { method: 'POST', body: { code } })),
  removeApp: () => remembered(call<Session>('/identity/factors/app', { method: 'DELETE' })),
  makeRecoveryCodes: () => call<RecoveryCodes>('/identity/factors/recovery-codes', { method: 'POST' }),
  askPasskey: () => call<object>('/identity/proof/passkey/options', { method: 'POST' }),
  provePasskey: (body: { response: object }) => remembered(call<Session>('/identity/proof/passkey', { method: 'POST', body })),
  proveCode: (code: string) => remembered(call<Session>('/identity/proof/totp', { method: 'POST', body: { code } })),
  proveRecovery: (code: string) => remembered(call<Session>('/identity/proof/recovery', { method: 'POST', body: { code } })),
}
