import type { Person } from './browser.ts'

/** An authenticator that Chromium plays (WebAuthn, level 3, section 11): it verifies its person without asking. */
export interface VirtualAuthenticator {
  /** How many passkeys it holds. */
  count: () => Promise<number>
  /** Whether it recognises its person from now on. */
  recognises: (isUserVerified: boolean) => Promise<void>
}

export async function addAuthenticator({ context, page }: Person): Promise<VirtualAuthenticator> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    count: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    recognises: async (isUserVerified) => {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
  }
}
