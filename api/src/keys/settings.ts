import { z } from 'zod'
import { type ProviderName, providerNames } from './provider.ts'

const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:key\/[A-Za-z0-9-]+$/
const list = (text: string) => text.split(',').map((one) => one.trim())
const arns = z
  .string()
  .transform(list)
  .pipe(z.array(z.string().regex(ARN, 'must be the ARN of a key (not of an alias), or several separated by commas')))
const labels = z
  .string()
  .transform(list)
  .pipe(z.array(z.string().min(1, 'has an empty label')))

/** Variables that say where the keys of private data are kept. Settings may be there for more than the chosen provider. */
export const keyVariables = {
  /** Which provider wraps data keys; `file` on the local chain. */
  KEY_PROVIDER: z.enum(providerNames).optional(),
  /** ARNs of KMS keys of one region: the first wraps, each unwraps. Credentials come from where the AWS SDK looks. */
  AWS_KMS_KEYS: arns.optional(),
  /** Where KMS answers, if not at its usual address: a VPC endpoint. */
  AWS_KMS_ENDPOINT: z.url().optional(),
  /** The module (.so, .dylib) of the HSM's maker. */
  PKCS11_MODULE: z.string().startsWith('/', 'must be an absolute path').optional(),
  PKCS11_TOKEN: z.string().min(1).optional(),
  PKCS11_PIN: z.string().min(1).optional(),
  /** Labels of AES-256 keys in the token: the first wraps, each unwraps. */
  PKCS11_KEYS: labels.optional(),
}

export interface KmsSettings {
  region: string
  keys: readonly string[]
  endpoint: string | undefined
}

export interface Pkcs11Settings {
  module: string
  token: string
  pin: string
  keys: readonly string[]
}

export interface KeySettings {
  provider: ProviderName
  file: { dir: string }
  awsKms: KmsSettings | undefined
  pkcs11: Pkcs11Settings | undefined
}

type Variables = z.output<z.ZodObject<typeof keyVariables>>

/**
 * The settings in full. Throws naming the variable that is missing. Off the local chain a provider has to be named: a file beside
 * the data is no place for the keys of real people's addresses unless somebody decided so.
 */
export function keySettingsFrom(
  variables: Variables,
  { dataDir, devChain }: { dataDir: string; devChain: boolean },
): KeySettings {
  const provider = variables.KEY_PROVIDER ?? (devChain ? 'file' : undefined)
  if (!provider) throw new Error('environment: KEY_PROVIDER is missing: file, aws-kms or pkcs11 (see docs/security/keys.md)')
  return {
    provider,
    file: { dir: dataDir },
    awsKms: kmsFrom(variables, provider === 'aws-kms'),
    pkcs11: pkcs11From(variables, provider === 'pkcs11'),
  }
}

/** The same for a process that needs nothing but keys. */
export function readKeySettings(
  source: Record<string, string | undefined>,
  where: { dataDir: string; devChain: boolean },
): KeySettings {
  const parsed = z.object(keyVariables).safeParse(source)
  if (!parsed.success) throw new Error(`environment: ${z.prettifyError(parsed.error)}`)
  return keySettingsFrom(parsed.data, where)
}

function kmsFrom({ AWS_KMS_KEYS: keys, AWS_KMS_ENDPOINT: endpoint }: Variables, needed: boolean): KmsSettings | undefined {
  if (!keys?.length) {
    if (needed) throw new Error('environment: AWS_KMS_KEYS is missing: KEY_PROVIDER is aws-kms')
    return undefined
  }
  const regions = new Set(keys.map((arn) => ARN.exec(arn)?.[1] ?? ''))
  const [region = ''] = regions
  if (regions.size > 1) throw new Error(`environment: AWS_KMS_KEYS names keys of ${regions.size} regions; one is asked`)
  return { region, keys, endpoint }
}

function pkcs11From(variables: Variables, needed: boolean): Pkcs11Settings | undefined {
  const { PKCS11_MODULE: module, PKCS11_TOKEN: token, PKCS11_PIN: pin, PKCS11_KEYS: keys } = variables
  if (!needed && module === undefined) return undefined
  for (const [name, value] of Object.entries({ PKCS11_MODULE: module, PKCS11_TOKEN: token, PKCS11_PIN: pin, PKCS11_KEYS: keys }))
    if (value === undefined) throw new Error(`environment: ${name} is missing: all four PKCS11_… are needed`)
  return { module, token, pin, keys } as Pkcs11Settings // none is undefined: checked just now
}
