import type { escrowAbi } from '../abi/escrow.ts'
import { statesOf } from '../deal/state.ts'
import { ASK_SELLER, MAKE_ANEW, RELOAD, REPORT, SIGN_AGAIN } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { listOf, percentOf, shortOf, timeOf, wordOf, wordOfOrdinal } from './words.ts'

/** Words for the errors of Escrow. */
export const escrowErrors = {
  // The deal and its deadlines.
  UnexpectedState: {
    title: 'The deal has moved on',
    detail: ({ current, allowed }) => {
      const needed = listOf(statesOf(allowed).map(wordOf))
      return `The deal is ${wordOfOrdinal(current)}; this is possible only while it is ${needed}.`
    },
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  WrongCaller: {
    title: 'This is not yours to do',
    detail: ({ caller, expected }) =>
      BigInt(expected) === 0n
        ? `Only a party of the deal can do this, and ${shortOf(caller)} is not one.`
        : `Only ${shortOf(expected)} can do this; you are using ${shortOf(caller)}.`,
    moneyMoved: false,
    whatToDo: 'Switch to the right account in your wallet.',
  },
  TooEarly: {
    title: 'Not yet',
    detail: ({ earliest }) => `This is possible from ${timeOf(earliest)} on.`,
    moneyMoved: false,
    whatToDo: 'Wait until then. Nothing is lost by waiting.',
  },
  TooLate: {
    title: 'The deadline has passed',
    detail: ({ deadline }) => `This was possible until ${timeOf(deadline)}.`,
    moneyMoved: false,
    whatToDo: 'Reload the deal to see what can be done now, or ask the other side to extend the deadline.',
  },
  DeadlineOutOfRange: {
    title: 'That deadline is not possible',
    detail: ({ deadline, min, max }) => `${timeOf(deadline)} is not between ${timeOf(min)} and ${timeOf(max)}.`,
    moneyMoved: false,
    whatToDo: 'Choose a later deadline than the present one, at most 365 days from now.',
  },
  // Opening a deal.
  WrongSignature: {
    title: 'A signature does not match',
    detail: ({ signer }) => `What was submitted was not signed by ${shortOf(signer)}, or it was changed afterwards.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  OfferExpired: {
    title: 'The offer has expired',
    detail: ({ expiry }) => `It could be taken until ${timeOf(expiry)}.`,
    moneyMoved: false,
    whatToDo: ASK_SELLER,
  },
  OfferCancelled: {
    title: 'This offer was withdrawn',
    detail: ({ offerCounter, currentCounter }) =>
      `Whoever made it voided all earlier offers (this one is of round ${offerCounter}, the present one is ${currentCounter}).`,
    moneyMoved: false,
    whatToDo: ASK_SELLER,
  },
  NonceVoided: {
    title: 'This offer was withdrawn',
    detail: ({ maker, nonce }) => `${shortOf(maker)} voided all offers of group ${nonce}, and this is one of them.`,
    moneyMoved: false,
    whatToDo: ASK_SELLER,
  },
  UnitOutOfRange: {
    title: 'There are not that many',
    detail: ({ unit, quantity }) => `The offer is for ${quantity}; you asked for number ${unit + 1n}.`,
    moneyMoved: false,
    whatToDo: 'Reload the listing and choose one that is still available.',
  },
  NoMaker: {
    title: 'The offer names neither side',
    detail: () => 'An offer has to name who made it: a seller, or a buyer for a bid.',
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  SameParty: {
    title: 'You cannot buy from yourself',
    detail: ({ account }) => `${shortOf(account)} is the seller of this offer.`,
    moneyMoved: false,
    whatToDo: 'Use another account to buy.',
  },
  NoArbiter: {
    title: 'The offer names no arbiter',
    detail: () => 'Without an arbiter nobody could decide a dispute.',
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  ArbiterIsParty: {
    title: 'The arbiter must be somebody else',
    detail: ({ arbiter }) => `${shortOf(arbiter)} would be arbiter and party of the same deal.`,
    moneyMoved: false,
    whatToDo: 'Use another account, or an offer with another arbiter.',
  },
  NoOperator: {
    title: 'A fee that nobody earns',
    detail: ({ feeBps }) => `The terms ask for an operator fee of ${percentOf(feeBps)} and name no operator.`,
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  UnknownRules: {
    title: 'The terms have numbers that mean nothing',
    detail: () => 'The rules of the deal carry bits that this contract does not know.',
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  FeeTooHigh: {
    title: 'A share is too high',
    detail: ({ bps, max }) => `The terms name a share of ${percentOf(bps)}; the most is ${percentOf(max)}.`,
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  WindowOutOfRange: {
    title: 'A time window is not possible',
    detail: ({ window, max }) => `The terms give ${window} seconds; a window has 1 second to ${max / 86_400n} days.`,
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  PriceOutOfRange: {
    title: 'The price is not possible',
    detail: ({ price }) => (price === 0n ? 'The price is zero.' : 'The price is higher than the escrow can hold.'),
    moneyMoved: false,
    whatToDo: MAKE_ANEW,
  },
  NotAToken: {
    title: 'The token does not exist here',
    detail: ({ token }) => `There is no token at ${shortOf(token)} on this network.`,
    moneyMoved: false,
    whatToDo: 'Check that your wallet is on the right network.',
  },
  WrongValue: {
    title: 'The payment is not the price',
    detail: ({ sent, expected }) => `${sent} wei were sent and ${expected} are due.`,
    moneyMoved: false,
    whatToDo: 'Reload the listing and buy again.',
  },
  UnexpectedTransfer: {
    title: 'The token did not arrive in full',
    detail: ({ expected, received }) =>
      `${expected} base units were due and ${received} arrived. Tokens that take a fee on the way are refused.`,
    moneyMoved: false,
    whatToDo: 'Use another token.',
  },
  NoInstalments: {
    title: 'This offer is paid at once',
    detail: ({ price }) => `The seller allows no instalments: all of ${price} base units is due at once.`,
    moneyMoved: false,
    whatToDo: 'Pay the whole price, or ask the seller for an offer with instalments.',
  },
  InstalmentOutOfRange: {
    title: 'That instalment is not possible',
    detail: ({ amount, min, max }) => `${amount} base units were offered; it must be between ${min} and ${max}.`,
    moneyMoved: false,
    whatToDo: 'Pay at least the deposit, and at most what is missing.',
  },
  CannotPull: {
    title: 'The coins have to come from the buyer',
    detail: ({ payer }) => `The coins of ${shortOf(payer)} cannot be taken without a transaction of its own.`,
    moneyMoved: false,
    whatToDo: 'Send the payment from the account that buys, or use a token.',
  },
  // Money within a deal.
  AmountOutOfRange: {
    title: 'That amount is not possible',
    detail: ({ amount, max }) => `${amount} was asked for; it must be more than nothing and at most ${max}.`,
    moneyMoved: false,
    whatToDo: 'Enter a smaller amount. To move all that is left, use the action for the whole.',
  },
  RemainingChanged: {
    title: 'The deal changed after you both signed',
    detail: ({ signed, current }) => `The split was signed when ${signed} was left; now ${current} is left.`,
    moneyMoved: false,
    whatToDo: 'Agree on a new split of what is left.',
  },
  SignatureExpired: {
    title: 'The signature has expired',
    detail: ({ expiry }) => `What was signed could be carried out until ${timeOf(expiry)}.`,
    moneyMoved: false,
    whatToDo: 'Sign it again with a later date.',
  },
  // Actions that were signed for somebody else to send.
  TipTooHigh: {
    title: 'The tip is more than there is',
    detail: ({ tip, share }) => `${tip} base units were promised to who submits this, and the signer gets ${share}.`,
    moneyMoved: false,
    whatToDo: 'Sign it again with a smaller tip.',
  },
  AlreadyMoved: {
    title: 'This part was moved already',
    detail: ({ signedTotal, current }) => `The signature was for ${signedTotal} base units in all, and ${current} have moved.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  SignedForOtherState: {
    title: 'The deal has moved on',
    detail: ({ current }) => `More time was signed for another step; the deal is ${wordOfOrdinal(current)} now.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  WrongAction: {
    title: 'Another action was signed',
    detail: ({ given, expected }) => `What was signed is action ${given}, and here action ${expected} is needed.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  BatchWithinBatch: {
    title: 'A batch cannot hold another batch',
    detail: () => 'Several calls were put together, and one of them is such a bundle itself.',
    moneyMoved: false,
    whatToDo: REPORT,
  },
  LengthsDiffer: {
    title: 'The batch does not add up',
    detail: ({ deals, expiries, signatures }) => `${deals} deals came with ${expiries} expiries and ${signatures} signatures.`,
    moneyMoved: false,
    whatToDo: REPORT,
  },
  // Credits, reviews, and what goes wrong below.
  NothingToWithdraw: {
    title: 'There is nothing to withdraw',
    detail: ({ account }) => `Nothing is credited to ${shortOf(account)} in this token.`,
    moneyMoved: false,
    whatToDo: 'Check that you are using the account that is owed the money.',
  },
  WithdrawFailed: {
    title: 'The recipient refused the money',
    detail: ({ to }) => `${shortOf(to)} could not take the payment. The amount is still credited to you.`,
    moneyMoved: false,
    whatToDo: 'Withdraw to another address.',
  },
  AlreadyReviewed: {
    title: 'This deal has been reviewed',
    detail: () => 'Each side reviews a deal once, and a review cannot be changed.',
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
  },
  FailedCall: {
    title: 'The payment contract refused',
    detail: () => 'The contract that was to move the money refused without saying why.',
    moneyMoved: false,
    whatToDo: 'Check your balance and what you signed, then try again.',
  },
  AddressEmptyCode: {
    title: 'The payment contract is not here',
    detail: ({ target }) => `There is no contract at ${shortOf(target)} on this network.`,
    moneyMoved: false,
    whatToDo: 'Pay in another way, or check that your wallet is on the right network.',
  },
  InsufficientBalance: {
    title: 'There is not enough to send',
    detail: ({ balance, needed }) => `${needed} wei were to be sent, and there are ${balance}.`,
    moneyMoved: false,
    whatToDo: REPORT,
  },
  SafeERC20FailedOperation: {
    title: 'The token refused the transfer',
    detail: ({ token }) => `The token at ${shortOf(token)} did not carry out the payment.`,
    moneyMoved: false,
    whatToDo: 'Check your balance and the allowance you gave, then try again.',
  },
  ReentrancyGuardReentrantCall: {
    title: 'A contract called back in the middle',
    detail: () => 'A payment tried to use the escrow again before it was finished.',
    moneyMoved: false,
    whatToDo: REPORT,
  },
} as const satisfies Omit<CatalogueOf<typeof escrowAbi>, 'InvalidShortString' | 'StringTooLong'>
