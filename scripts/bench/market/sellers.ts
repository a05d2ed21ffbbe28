import http from 'node:http'
import { type Offer, offerToJson } from '@fairhold/protocol/deal/terms'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { offersOf } from '@fairhold/protocol/listing/choices'
import { itemHash, type ListingContent } from '@fairhold/protocol/listing/content'
import { type Address, toHex, zeroAddress } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Config } from '../../../api/src/meta/contract.ts'
import { Caller } from '../../seed/api.ts'
import { generate, nameFrom } from './generate.ts'

/**
 * Sellers who publish RATE listings a second between them, for SECONDS, whether the earlier ones are done or not; beside them a
 * visitor who searches for one of the new listings by its name until it is found. A process of its own. Prints JSON.
 */
const { API_URL = '', RATE = '200', SECONDS = '20', SELLERS = '40', FIRST = '0' } = process.env
const [rate, seconds] = [Number(RATE), Number(SECONDS)]
const chainId = 31_337
const domain = { chainId, escrow: deploymentOf(chainId).escrow }
const agent = new http.Agent({ keepAlive: true, maxSockets: 100 })
const origin = 'http://localhost:3000'
/** Salts have 64 bits; those of this run come after those of the ones before. */
let salts = BigInt(Date.now()) * 1_000_000n
const config = await new Caller({ apiUrl: API_URL, origin }).get<Config>('/v1/config')

interface Seller {
  account: PrivateKeyAccount
  headers: Record<string, string>
}

interface Ready {
  seller: Seller
  body: string
  /** A word that no other listing has. */
  name: string
}

const sellers = await Promise.all(Array.from({ length: Number(SELLERS) }, (_, which) => enter(which)))
const ready: Ready[] = []
for (let number = 0; number < rate * seconds; number += 1) ready.push(await prepare(Number(FIRST) + number))
const took: number[] = []
const fresh: number[] = []
let refused = 0
await Promise.all(ready.map((one, at) => publishAt(one, at)))
agent.destroy()
console.log(JSON.stringify({ took, fresh, refused }))

async function enter(which: number): Promise<Seller> {
  const privateKey = toHex(1_000_000n + BigInt(Number(FIRST)) + BigInt(which), { size: 32 })
  const caller = new Caller({ apiUrl: API_URL, origin })
  const account = privateKeyToAccount(privateKey)
  await caller.signIn({ account: { privateKey } } as never, chainId)
  const headers = {
    cookie: caller.cookie,
    'x-csrf-token': caller.csrf,
    origin,
    'content-type': 'application/json',
    'x-forwarded-for': `10.9.${which}.1`,
  }
  return { account, headers }
}

async function prepare(number: number): Promise<Ready> {
  const seller = sellers[number % sellers.length] as Seller
  const generated = generate(50_000_000 + number)
  const name = `q${number}${nameFrom(number % 12_000)}`
  const content: ListingContent = {
    v: 2,
    language: 'en',
    title: `${generated.title} ${name}`.slice(0, 80),
    description: generated.description,
    category: generated.category,
    attributes: {},
    condition: generated.condition as 'good',
    photos: [],
    place: null,
    pickup: false,
    shipping: [{ name: 'Parcel', to: ['*'], price: '5000000', days: [2, 5] }],
  }
  const [offer] = offersOf(content, offerOf(seller, content, generated.price))
  if (!offer) throw new Error('a listing has at least one choice')
  const signature = await seller.account.signTypedData(offerTypedData(offer, domain))
  return { seller, name, body: JSON.stringify({ content, offer: offerToJson(offer), signature }) }
}

function offerOf({ account }: Seller, content: ListingContent, cents: number): Offer {
  const [arbiter] = config.arbiters
  if (!arbiter) throw new Error('the market has no arbiter')
  const [, token] = config.tokens
  salts += 1n
  return {
    terms: {
      seller: account.address.toLowerCase() as Address,
      buyer: zeroAddress,
      token: (token?.address ?? zeroAddress) as Address,
      price: BigInt(cents) * 10_000n,
      arbiter: arbiter.address as Address,
      operator: config.operator as Address,
      operatorFeeBps: config.operatorFeeBps,
      arbiterFeeBps: arbiter.feeBps,
      silentAwardBps: 5_000,
      depositBps: 0,
      fundingSeconds: 0,
      shipSeconds: 432_000,
      deliverySeconds: 864_000,
      inspectionSeconds: 259_200,
      rulingSeconds: 1_209_600,
      itemHash: itemHash(content),
      salt: salts,
    },
    expiry: 4_000_000_000,
    counter: 0n,
    nonce: 0,
    quantity: 1,
  }
}

async function publishAt({ seller, body, name }: Ready, at: number): Promise<void> {
  await new Promise((done) => setTimeout(done, (at * 1_000) / rate))
  const began = performance.now()
  const status = await request('POST', '/v1/listings', { headers: seller.headers, body })
  took.push(performance.now() - began)
  if (status !== '201') refused += 1
  else if (at % rate === 0) await findIt(name)
}

/** Once a second: from the answer to the seller until a search has it. */
async function findIt(name: string): Promise<void> {
  const published = performance.now()
  for (;;) {
    const found = await request(
      'GET',
      `/v1/listings?q=${name}`,
      { headers: { 'x-forwarded-for': `10.8.${fresh.length}.1` } },
      'body',
    )
    if (found.includes(name)) break
  }
  fresh.push(performance.now() - published)
}

function request(
  method: string,
  path: string,
  { headers, body }: { headers: Record<string, string>; body?: string },
  want: 'status' | 'body' = 'status',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = http.request(`${API_URL}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (want === 'status' && response.statusCode !== 201 && refused === 0) console.error(text.slice(0, 500))
        resolve(want === 'body' ? text : String(response.statusCode))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
