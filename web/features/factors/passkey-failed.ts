import { factorsCopy } from './copy'

const copy = factorsCopy.failed

export type PasskeyFault = 'dismissed' | 'known' | 'unable' | 'address' | 'other'

const sentences = {
  dismissed: { title: copy.dismissedTitle, whatToDo: copy.dismissed, mild: true },
  known: { title: copy.knownTitle, whatToDo: copy.known, mild: false },
  unable: { title: copy.unableTitle, whatToDo: copy.unable, mild: false },
  address: { title: copy.addressTitle, whatToDo: factorsCopy.numericAddress, mild: false },
  other: { title: copy.otherTitle, whatToDo: copy.other, mild: false },
} satisfies Record<PasskeyFault, { title: string; whatToDo: string; mild: boolean }>

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
    return { ...sentences[this.fault], moneyMoved: false }
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
