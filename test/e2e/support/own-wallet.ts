import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { privateKeyToAccount } from 'viem/accounts'
import type { Person } from './browser.ts'
import { type Bundles, offerBundles } from './bundles.ts'

export interface OwnWallet {
  /** Says no to what is asked from the `number`th signature on, counting from 1 and from now; null says yes to all. */
  refuseFrom: (number: number | null) => void
  /** How many signatures of offers it was asked for, since `refuseFrom` was last called. */
  asked: () => number
  /** How many transactions it was asked to send. */
  sent: () => number
  /** Its bundles of calls. */
  bundles: Bundles | null
}

export interface OwnWalletOptions {
  name: string
  rpcUrl: string
  /** Makes several calls at once, all or none (EIP-5792). */
  bundles?: boolean
}

const REJECTED = { code: 4001, message: 'User rejected the request.' }
const NAME = 'Wallet of the test'

/** A wallet as an extension brings it (EIP-1193, announced by EIP-6963), which signs as a local person and can say no. */
export async function bringWallet({ context }: Person, options: OwnWalletOptions): Promise<OwnWallet> {
  const { name, rpcUrl } = options
  const person = devAccounts.find((one) => one.name === name)
  if (!person) throw new Error(`there is no ${name}`)
  const account = privateKeyToAccount(person.privateKey)
  let limit: number | null = null
  let count = 0
  let sent = 0
  const bundles = options.bundles ? await offerBundles(account, rpcUrl) : null
  const answer = async (method: string, params: unknown[]): Promise<unknown> => {
    if (method === 'eth_accounts' || method === 'eth_requestAccounts') return [account.address]
    if (method === 'wallet_requestPermissions' || method === 'wallet_getPermissions')
      return [{ parentCapability: 'eth_accounts' }]
    if (method === 'personal_sign') return account.signMessage({ message: { raw: params[0] as `0x${string}` } })
    if (method === 'eth_sendTransaction') sent += 1
    if (method !== 'eth_signTypedData_v4') return (await bundles?.handle(method, params)) ?? forward(rpcUrl, method, params)
    count += 1
    if (limit !== null && count >= limit) throw REJECTED
    const { EIP712Domain: _, ...types } = JSON.parse(params[1] as string).types
    return account.signTypedData({ ...JSON.parse(params[1] as string), types })
  }
  await context.exposeFunction('askWallet', async (request: string) => {
    const { method, params = [] } = JSON.parse(request)
    return answer(method, params).then(
      (result) => ({ result }),
      (error: { code?: number; message: string }) => ({ error: { code: error.code ?? -32_603, message: error.message } }),
    )
  })
  await context.addInitScript(ANNOUNCE)
  return {
    refuseFrom: (number) => {
      limit = number
      count = 0
    },
    asked: () => count,
    sent: () => sent,
    bundles,
  }
}

/** Signs in with the wallet that was brought. */
export async function signInWithOwn({ page }: Person): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: NAME }).click()
  await page.getByRole('button', { name: /^Account menu/ }).waitFor({ timeout: 30_000 })
}

/** Runs in the page. */
const ANNOUNCE = `
  const provider = {
    request: async (request) => {
      const { error, result } = await window.askWallet(JSON.stringify(request))
      if (error) throw Object.assign(new Error(error.message), { code: error.code })
      return result
    },
    on: () => undefined,
    removeListener: () => undefined,
  }
  const icon = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'
  const info = { uuid: '350670db-19fa-4704-a166-e52e178b59d2', name: '${NAME}', icon, rdns: 'org.example.test' }
  const tell = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }))
  window.addEventListener('eip6963:requestProvider', tell)
  tell()
`

async function forward(url: string, method: string, params: unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const { error, result } = (await response.json()) as { error?: { code: number; message: string }; result?: unknown }
  if (error) throw error
  return result
}
