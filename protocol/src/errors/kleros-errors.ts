import type { klerosAdapterAbi } from '../abi/kleros-adapter.ts'
import { RELOAD, REPORT } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { shortOf, wordOfOrdinal } from './words.ts'

/** Errors that other contracts have too; their words are there. */
type Shared =
  | 'NotAParty'
  | 'NotAToken'
  | 'NothingToWithdraw'
  | 'ReentrancyGuardReentrantCall'
  | 'TooLate'
  | 'UnexpectedCoins'
  | 'WithdrawFailed'

/** Words for the errors of KlerosAdapter. */
export const klerosErrors = {
  AlreadyRequested: {
    title: 'The court has this dispute already',
    detail: ({ disputeID }) => `It is the court’s dispute ${disputeID}.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  AlreadyRuled: {
    title: 'The court has ruled already',
    detail: ({ disputeID }) => `Dispute ${disputeID} has its ruling, and there is one only.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  CostNotMet: {
    title: 'The court asks for more',
    detail: ({ sent, cost }) => `${sent} wei were sent and the court asks for ${cost} now.`,
    moneyMoved: false,
    whatToDo: 'Try again with what the court asks for now.',
  },
  DisputeIdReused: {
    title: 'The court gave a number twice',
    detail: ({ disputeID }) => `The number ${disputeID} belongs to another dispute.`,
    moneyMoved: false,
    whatToDo: REPORT,
  },
  NoContract: {
    title: 'There is no contract there',
    detail: ({ account }) => `${shortOf(account)} has no code on this network.`,
    moneyMoved: false,
    whatToDo: 'Check the address, and that your wallet is on the right network.',
  },
  NoRuling: {
    title: 'There is no ruling yet',
    detail: () => 'The court has not ruled on this dispute.',
    moneyMoved: false,
    whatToDo: 'Wait for the court.',
  },
  NotDisputed: {
    title: 'The deal is not in dispute',
    detail: ({ current }) => `The deal is ${wordOfOrdinal(current)}; the court hears only disputes.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  NotTheArbiter: {
    title: 'This deal has another arbiter',
    detail: ({ arbiter }) => `The deal names ${shortOf(arbiter)}, and not this court.`,
    moneyMoved: false,
    whatToDo: 'Take the dispute to the arbiter that the deal names.',
  },
  NotTheCourt: {
    title: 'Only the court can do this',
    detail: ({ caller, court }) => `${shortOf(court)} rules here, and ${shortOf(caller)} is somebody else.`,
    moneyMoved: false,
    whatToDo: 'Nothing: the court does this itself.',
  },
  NothingToReimburse: {
    title: 'Nothing is to be paid back',
    detail: ({ payer }) => `Nothing is owed to ${shortOf(payer)} for this dispute.`,
    moneyMoved: false,
    whatToDo: 'Check that you are using the account that paid the court.',
  },
  UnknownDispute: {
    title: 'There is no such dispute',
    detail: ({ disputeID }) => `The number ${disputeID} is of no dispute that was brought from here.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
} as const satisfies Omit<CatalogueOf<typeof klerosAdapterAbi>, Shared>
