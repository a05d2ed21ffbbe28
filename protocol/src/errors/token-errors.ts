import type { testUsdAbi } from '../abi/test-usd.ts'
import { REPORT, SIGN_AGAIN } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { type ErrorWords, shortOf, timeOf } from './words.ts'

/** Words for the errors of the token, and of what OpenZeppelin gives it and Escrow alike. */
export const tokenErrors = {
  AuthorizationForged: {
    title: 'The payment was not signed by its payer',
    detail: ({ authorizer }) => `The signature is not one that ${shortOf(authorizer)} made over this payment.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  AuthorizationNotValidNow: {
    title: 'The payment is not valid now',
    detail: ({ validAfter, validBefore }) => `It was signed for the time from ${timeOf(validAfter)} to ${timeOf(validBefore)}.`,
    moneyMoved: false,
    whatToDo: 'Buy again and sign a new payment.',
  },
  AuthorizationSpent: {
    title: 'The payment was used already',
    detail: ({ authorizer }) => `${shortOf(authorizer)} has paid with this signature, or has taken it back.`,
    moneyMoved: false,
    whatToDo: 'Reload the page. If the deal is not there, buy again and sign a new payment.',
  },
  CallerIsNotPayee: {
    title: 'The payment is for somebody else',
    detail: ({ payee }) => `Only ${shortOf(payee)} can take this payment.`,
    moneyMoved: false,
    whatToDo: REPORT,
  },
  ERC20InsufficientAllowance: {
    title: 'The escrow may not take that much',
    detail: ({ allowance, needed }) => `You allowed ${allowance} base units of the token and ${needed} are needed.`,
    moneyMoved: false,
    whatToDo: 'Allow the price, then buy again.',
  },
  ERC20InsufficientBalance: {
    title: 'Not enough of the token',
    detail: ({ balance, needed }) => `You have ${balance} base units of the token and ${needed} are needed.`,
    moneyMoved: false,
    whatToDo: 'Add to your balance, then try again.',
  },
  ERC20InvalidApprover: zeroAccount('approver'),
  ERC20InvalidReceiver: zeroAccount('receiver'),
  ERC20InvalidSender: zeroAccount('sender'),
  ERC20InvalidSpender: zeroAccount('spender'),
  ERC2612ExpiredSignature: {
    title: 'The permit has expired',
    detail: ({ deadline }) => `It could be used until ${timeOf(deadline)}.`,
    moneyMoved: false,
    whatToDo: 'Buy again and sign a new permit.',
  },
  ERC2612InvalidSigner: {
    title: 'The permit was signed by another account',
    detail: ({ signer, owner }) => `${shortOf(signer)} signed for the money of ${shortOf(owner)}.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  InvalidAccountNonce: {
    title: 'The permit has been used',
    detail: ({ currentNonce }) => `The token now expects permit number ${currentNonce}.`,
    moneyMoved: false,
    whatToDo: 'Buy again and sign a new permit.',
  },
  ECDSAInvalidSignature: brokenSignature(),
  ECDSAInvalidSignatureLength: brokenSignature(),
  ECDSAInvalidSignatureS: brokenSignature(),
  InvalidShortString: deploymentOnly(),
  StringTooLong: deploymentOnly(),
} as const satisfies CatalogueOf<typeof testUsdAbi>

function zeroAccount(role: string): ErrorWords<unknown> {
  return {
    title: 'An address is missing',
    detail: () => `The token does not accept the zero address as ${role}.`,
    moneyMoved: false,
    whatToDo: 'Enter a real address.',
  }
}

function brokenSignature(): ErrorWords<unknown> {
  return {
    title: 'The signature is damaged',
    detail: () => 'What your wallet returned is not a valid signature.',
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  }
}

function deploymentOnly(): ErrorWords<unknown> {
  return {
    title: 'The contract was set up wrongly',
    detail: () => 'A name does not fit where the contract keeps it. This can happen only at deployment.',
    moneyMoved: false,
    whatToDo: REPORT,
  }
}
