import { type Configuration, interactionPolicy } from 'oidc-provider'
import { ACR_PROVED } from './contract.ts'
import { isLoopback } from './redirect-uri.ts'

const { Check, base } = interactionPolicy

type Policy = NonNullable<NonNullable<Configuration['interactions']>['policy']>

/** When a person has to be asked: the provider's own rules, and two of ours. */
export function createPolicy(): Policy {
  const policy = base()
  policy.get('login')?.checks.add(
    new Check('proof', 'a fresh proof of who the person is was asked for', 'login_required', ({ oidc }) => {
      const wanted = oidc.params?.acr_values
      return wantsProof(typeof wanted === 'string' ? wanted : '') && oidc.session?.acr !== ACR_PROVED && !oidc.result?.login
    }),
  )
  // Any program of the machine can listen there: that the person allowed one of them says nothing of the next (RFC 8252, 8.6).
  policy.get('consent')?.checks.add(
    new Check('loopback', 'apps on the own machine are allowed each time', 'interaction_required', ({ oidc }) => {
      return isLoopback(String(oidc.params?.redirect_uri)) && oidc.client?.clientAuthMethod === 'none' && !oidc.result?.consent
    }),
  )
  return policy
}

/** Whether what is asked for first is the proof: `acr_values` are in the order of preference (OpenID Connect Core, 3.1.2.1). */
export function wantsProof(acrValues: string): boolean {
  return acrValues.split(' ')[0] === ACR_PROVED
}
