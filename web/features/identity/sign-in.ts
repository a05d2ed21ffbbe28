import type { Challenge, Purpose } from '@fairhold/api/contract/identity'
import type { Address } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import type { Config, Connector } from 'wagmi'
import { connect, disconnect, signMessage } from 'wagmi/actions'
import { api, type Session } from '@/lib/api'
import { chooseLocalPerson, LOCAL_WALLET_ID, signAsLocalPerson } from './local-wallet'

const MESSAGE_LIFETIME_MS = 10 * 60 * 1000

export type SignInStep = 'connecting' | 'signing'

export type SignInOptions = {
  connector: Connector
  chainId: number
  /** Person of the development wallet to sign in as. */
  person?: Address
  onStep: (step: SignInStep) => void
}

const accountOf = async (
  config: Config,
  { connector, person }: Pick<SignInOptions, 'connector' | 'person'>,
): Promise<Address> => {
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

/** Has the development wallet, if that is the one connected, send as another of its people. */
export const unlockLocalPerson = async (config: Config, person: Address): Promise<void> => {
  const current = config.state.current ? config.state.connections.get(config.state.current) : undefined
  if (current?.connector.id !== LOCAL_WALLET_ID || current.accounts[0].toLowerCase() === person.toLowerCase()) return
  await accountOf(config, { connector: current.connector, person })
}

/** The ERC-4361 message that a person reads and signs: which site, for what, until when. */
export const messageFor = (options: { address: Address; chainId: number; challenge: Challenge; origin: string; now: Date }) => {
  const { address, chainId, challenge, origin, now } = options
  return createSiweMessage({
    address,
    chainId,
    ...challenge,
    domain: new URL(origin).host,
    uri: origin,
    version: '1',
    issuedAt: now,
    expirationTime: new Date(now.getTime() + MESSAGE_LIFETIME_MS),
  })
}

/** Connects the wallet and has it sign what `purpose` asks for. Rejects with the wallet's or the API's error. */
export const signWith = async (config: Config, purpose: Purpose, options: SignInOptions) => {
  options.onStep('connecting')
  const aside = purpose !== 'sign-in' && options.connector.id === LOCAL_WALLET_ID ? options.person : undefined
  const address = aside ?? (await accountOf(config, options))
  options.onStep('signing')
  const challenge = await api.identity.challenge(purpose)
  const origin = window.location.origin
  const message = messageFor({ address, chainId: options.chainId, challenge, origin, now: new Date() })
  // A person of the development wallet can sign without becoming the one that it sends for.
  const signature = aside
    ? await signAsLocalPerson(aside, message)
    : await signMessage(config, { account: address, message, connector: options.connector })
  return { message, signature }
}

/** Opens a session with what the wallet signs. */
export const signInWith = async (config: Config, options: SignInOptions): Promise<Session> =>
  api.identity.signIn(await signWith(config, 'sign-in', options))
