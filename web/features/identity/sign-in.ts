import { type Address, UserRejectedRequestError } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import type { Config, Connector } from 'wagmi'
import { connect, disconnect, signMessage } from 'wagmi/actions'
import { api, type Session } from '@/lib/api'
import { identityCopy as copy } from './copy'
import { chooseLocalPerson, LOCAL_WALLET_ID } from './local-wallet'

const MESSAGE_LIFETIME_MS = 10 * 60 * 1000

export type SignInStep = 'connecting' | 'signing'

export type SignInOptions = {
  connector: Connector
  chainId: number
  /** Person of the development wallet to sign in as. */
  person?: Address
  onStep: (step: SignInStep) => void
}

const accountOf = async (config: Config, { connector, person }: SignInOptions): Promise<Address> => {
  if (connector.id === LOCAL_WALLET_ID && person) chooseLocalPerson(person)
  const current = config.state.current ? config.state.connections.get(config.state.current) : undefined
  if (current?.connector.uid === connector.uid && !person) return current.accounts[0]
  if (current) {
    await disconnect(config)
    if (person) chooseLocalPerson(person) // disconnecting forgets the person
  }
  const { accounts } = await connect(config, { connector })
  return accounts[0]
}

/** The ERC-4361 message that a person reads and signs: which site, for what, until when. */
export const signInMessage = (options: { address: Address; chainId: number; nonce: string; origin: string; now: Date }) => {
  const { address, chainId, nonce, origin, now } = options
  const { host } = new URL(origin)
  return createSiweMessage({
    address,
    chainId,
    nonce,
    domain: host,
    uri: origin,
    version: '1',
    statement: copy.message(host),
    issuedAt: now,
    expirationTime: new Date(now.getTime() + MESSAGE_LIFETIME_MS),
  })
}

/** Connects the wallet, has the message signed and opens a session. Rejects with the wallet's or the API's error. */
export const signInWith = async (config: Config, options: SignInOptions): Promise<Session> => {
  options.onStep('connecting')
  const address = await accountOf(config, options)
  options.onStep('signing')
  const { nonce } = await api.identity.nonce()
  const message = signInMessage({
    address,
    chainId: options.chainId,
    nonce,
    origin: window.location.origin,
    now: new Date(),
  })
  const signature = await signMessage(config, { account: address, message, connector: options.connector })
  return api.identity.signIn({ message, signature })
}

/** Whether the person said no in the wallet, which is no failure. */
export const isRejection = (error: unknown): boolean => {
  for (let cause = error, depth = 0; cause && depth < 8; depth += 1) {
    if (cause instanceof UserRejectedRequestError) return true
    if (typeof cause === 'object' && 'code' in cause && cause.code === 4001) return true
    cause = typeof cause === 'object' && 'cause' in cause ? cause.cause : undefined
  }
  return false
}
