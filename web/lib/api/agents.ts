import type { AgentKeyIn, AgentKeyItem } from '@fairhold/api/contract/did'
import { call } from './client'

/** Keys of programs that act for a person. */
export const agents = {
  list: () => call<AgentKeyItem[]>('/identity/agent-keys'),
  allow: (body: AgentKeyIn) => call<AgentKeyItem>('/identity/agent-keys', { method: 'POST', body }),
  remove: (did: string) => call<void>(`/identity/agent-keys/${encodeURIComponent(did)}`, { method: 'DELETE' }),
}
