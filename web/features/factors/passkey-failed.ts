import { adviceFor } from '@/lib/problem-words'

export type PasskeyFault = 'dismissed' | 'known' | 'unable' | 'address' | 'other'

const sentences = {
  dismissed: {
    title: 'Nothing came from your passkey',
    whatToDo: 'The request was closed, or took too long. Nothing was changed; try again when you like.',
  },
  known: {
    title: 'That device or key is added already',
    whatToDo: 'Choose another one, or use the passkey that is there.',
  },
  unable: {
    title: 'This device or key cannot be used',
    whatToDo: 'It must be able to check that it is you, by fingerprint, face or PIN. Choose another, or an authenticator app.',
  },
  address: {
    title: 'Passkeys do not work at this address',
    whatToDo: 'Passkeys need a site with a name. Open this one by its name, such as localhost, to use them.',
  },
  other: { title: 'The passkey did not work', whatToDo: 'Try again, or use another way.' },
} satisfies Record<PasskeyFault, { title: string; whatToDo: string }>

/** The browser, or the authenticator behind it, gave no passkey. */
export class PasskeyFailed extends Error {
  readonly fault: PasskeyFault

  constructor(fault: PasskeyFault, options?: ErrorOptions) {
    super(`The passkey failed: ${fault}`, options)
    this.name = 'PasskeyFailed'
    this.fault = fault
  }

  /** What the person is told. */
  get problem() {
    return { ...adviceFor(`passkey-${this.fault}`, sentences[this.fault]), mild: this.fault === 'dismissed', moneyMoved: false }
  }
}

/** Which of the browser's errors (WebAuthn, level 3, sections 5.1.3 and 5.1.4) means what to the person. */
export function faultOf(error: unknown): PasskeyFault {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return 'dismissed'
    case 'InvalidStateError':
      return 'known'
    case 'ConstraintError':
    case 'NotSupportedError':
      return 'unable'
    case 'SecurityError':
      return 'address'
    default:
      return 'other'
  }
}
