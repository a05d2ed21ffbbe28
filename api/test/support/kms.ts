import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does to the next requests instead of answering them. */
export type Fault = { error: string; status: number } | 'hang' | 'break' | null

export interface TestKms {
  url: string
  arn: (name: string) => string
  /** Operations that were asked for, in order. */
  asked: string[]
  /** Faults for the next requests, one each; after them all goes well. */
  faults: Fault[]
  /** Makes a key that is there; others are not found. */
  addKey: (name: string) => string
  stop: () => Promise<void>
}

export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST', AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-tests' }
const REGION = 'eu-central-1'

interface Body {
  KeyId?: string
  Plaintext?: string
  CiphertextBlob?: string
  EncryptionContext?: Record<string, string>
}

/**
 * Speaks the JSON protocol of AWS KMS (API of 2014-11-01) for Encrypt and Decrypt: signatures of version 4 are checked, and the
 * encryption context is authenticated, as at Amazon.
 */
export async function startKms(): Promise<TestKms> {
  const keys = new Map<string, Buffer>()
  const asked: string[] = []
  const faults: Fault[] = []
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString('utf8')
    const operation = String(request.headers['x-amz-target'])
    asked.push(operation)
    const fault = faults.shift() ?? null
    if (fault === 'hang') return
    if (fault === 'break') return void request.socket.destroy()
    if (fault !== null) return answer(response, fault.status, { __type: fault.error, message: 'as the test wanted' })
    if (!isSigned(request, text)) return answer(response, 400, { __type: 'InvalidSignatureException' })
    const [status, body] = operate(keys, operation, JSON.parse(text) as Body)
    answer(response, status, body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const arn = (name: string) => `arn:aws:kms:${REGION}:111122223333:key/${name}`
  const addKey = (name: string) => {
    keys.set(arn(name), randomBytes(32))
    return arn(name)
  }
  const stop = () => {
    server.closeAllConnections()
    return new Promise<void>((done) => server.close(() => done()))
  }
  return { url: `http://127.0.0.1:${port}`, arn, asked, faults, addKey, stop }
}

function operate(keys: Map<string, Buffer>, operation: string, body: Body): [number, object] {
  const arn = body.KeyId ?? ''
  const key = keys.get(arn)
  if (!key) return [400, { __type: 'NotFoundException', message: `Key ${arn} does not exist` }]
  const context = Buffer.from(JSON.stringify(Object.entries(body.EncryptionContext ?? {}).toSorted()))
  if (operation === 'TrentService.Encrypt') {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
    const text = Buffer.concat([cipher.update(body.Plaintext ?? '', 'base64'), cipher.final()])
    const blob = Buffer.concat([nonce, cipher.getAuthTag(), text])
    return [200, { KeyId: arn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }]
  }
  if (operation !== 'TrentService.Decrypt') return [400, { __type: 'UnknownOperationException' }]
  const blob = Buffer.from(body.CiphertextBlob ?? '', 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12)).setAAD(context)
    decipher.setAuthTag(blob.subarray(12, 28))
    const plain = Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()])
    return [200, { KeyId: arn, Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }]
  } catch {
    return [400, { __type: 'InvalidCiphertextException' }]
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
}

/** AWS Signature Version 4, recomputed from what arrived. */
function isSigned(request: IncomingMessage, body: string): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    String(request.headers.authorization),
  )
  const [, id, day = '', scope, names = '', signature] = given ?? []
  if (id !== CREDENTIALS.AWS_ACCESS_KEY_ID || scope !== `${REGION}/kms/aws4_request`) return false
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const canonical = ['POST', request.url, '', headers.join(''), names, hash(body)].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${scope}`, hash(canonical)].join('\n')
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const parts = [day, REGION, 'kms', 'aws4_request']
  const key = parts.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${CREDENTIALS.AWS_SECRET_ACCESS_KEY}`)
  return hmac(key, toSign).toString('hex') === signature
}
