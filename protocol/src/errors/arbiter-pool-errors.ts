import type { arbiterPoolAbi } from '../abi/arbiter-pool.ts'
import { RELOAD, REPORT, SIGN_AGAIN } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { percentOf, shortOf, timeOf, wordOfOrdinal } from './words.ts'

/** What a case of the pool is doing, in the order of `Phase` in contracts/types/PoolTypes.sol. */
const phases = ['not opened', 'waiting for its lot', 'taking sealed votes', 'opening votes', 'open to appeal'] as const
const lastPhases = ['ready to be carried out', 'without a result', 'closed'] as const

function phaseOf(ordinal: number): string {
  return [...phases, ...lastPhases][ordinal] ?? `in phase ${ordinal}`
}

/** Errors that other contracts have too; their words are there. */
type Shared =
  | 'AlreadyCommitted'
  | 'CommitmentMismatch'
  | 'EmptyCommitment'
  | 'InvalidShortString'
  | 'NotAParty'
  | 'ReentrancyGuardReentrantCall'
  | 'StringTooLong'

/** Words for the errors of ArbiterPool. */
export const arbiterPoolErrors = {
  AdmissionPending: {
    title: 'Not admitted yet',
    detail: ({ from }) => `This account can join the roster from ${timeOf(from)} on.`,
    moneyMoved: false,
    whatToDo: 'Wait until then, and join again.',
  },
  AlreadyAdmitted: {
    title: 'Admitted already',
    detail: ({ account }) => `${shortOf(account)} has been admitted to the roster.`,
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
  },
  NotAdmitted: {
    title: 'Not admitted',
    detail: ({ account }) => `${shortOf(account)} has not been admitted to the roster.`,
    moneyMoved: false,
    whatToDo: 'Ask those who admit arbiters to this pool.',
  },
  AlreadyListed: {
    title: 'On the roster already',
    detail: ({ account }) => `${shortOf(account)} stands on the roster.`,
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
  },
  RosterFull: {
    title: 'The roster is full',
    detail: ({ max }) => `It holds ${max} arbiters at most.`,
    moneyMoved: false,
    whatToDo: 'Wait until somebody leaves.',
  },
  BondTooSmall: {
    title: 'The bond is too small',
    detail: ({ bond, minimum }) => `${bond} wei were put up; it takes at least ${minimum}.`,
    moneyMoved: false,
    whatToDo: 'Put up a larger bond.',
  },
  NoBond: {
    title: 'There is no bond',
    detail: ({ account }) => `${shortOf(account)} has no bond in this pool.`,
    moneyMoved: false,
    whatToDo: 'Check that you are using the account that put it up.',
  },
  AlreadyLeaving: {
    title: 'You are leaving already',
    detail: ({ leavingAt }) => `The bond is free from ${timeOf(leavingAt)} on.`,
    moneyMoved: false,
    whatToDo: 'Wait until then.',
  },
  NotLeaving: {
    title: 'Nobody is leaving',
    detail: ({ account }) => `${shortOf(account)} has not asked to leave.`,
    moneyMoved: false,
    whatToDo: 'Ask to leave first.',
  },
  StillLeaving: {
    title: 'The bond is not free yet',
    detail: ({ leavingAt }) => `It can be taken out from ${timeOf(leavingAt)} on.`,
    moneyMoved: false,
    whatToDo: 'Wait until then.',
  },
  InRunningCase: {
    title: 'There is a case to finish',
    detail: ({ account, cases }) => `${shortOf(account)} sits on ${cases} running cases.`,
    moneyMoved: false,
    whatToDo: 'Vote in them first. The bond is free when they are closed.',
  },
  WrongArbiter: {
    title: 'This deal has another arbiter',
    detail: ({ arbiter }) => `The deal names ${shortOf(arbiter)}, and not this pool.`,
    moneyMoved: false,
    whatToDo: 'Take the dispute to the arbiter that the deal names.',
  },
  CaseExists: {
    title: 'There is a case already',
    detail: () => 'Somebody has brought this dispute before the pool.',
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  DealNotDisputed: {
    title: 'The deal is not in dispute',
    detail: ({ state }) => `The deal is ${wordOfOrdinal(state)}; the pool hears only disputes.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  NotEnoughTime: {
    title: 'There is not enough time left',
    detail: ({ available, needed }) => `A whole case takes ${needed} seconds and the deal leaves ${available}.`,
    moneyMoved: false,
    whatToDo: 'Agree on a split, or wait for the award that the terms name.',
  },
  NotEnoughArbiters: {
    title: 'There are not enough arbiters',
    detail: ({ available, needed }) => `The panel takes ${needed} arbiters and ${available} can be drawn.`,
    moneyMoved: false,
    whatToDo: 'Wait until more are free, or agree on a split.',
  },
  WrongPhase: {
    title: 'The case has moved on',
    detail: ({ current, expected }) => `The case is ${phaseOf(current)}; this is possible only while it is ${phaseOf(expected)}.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  StillRunning: {
    title: 'The case is not over',
    detail: ({ phase }) => `The case is ${phaseOf(phase)}.`,
    moneyMoved: false,
    whatToDo: 'Come back when it is closed.',
  },
  TooEarlyToDraw: {
    title: 'The lot cannot be drawn yet',
    detail: ({ currentBlock, firstBlock }) => `It is drawn from block ${firstBlock} on, and this is block ${currentBlock}.`,
    moneyMoved: false,
    whatToDo: 'Wait a few minutes.',
  },
  BlockHashGone: {
    title: 'It is too late for this lot',
    detail: ({ blockNumber }) => `The chain has forgotten the hash of block ${blockNumber}.`,
    moneyMoved: false,
    whatToDo: 'Try again: the lot is drawn from a later block.',
  },
  WrongCaseFee: {
    title: 'Wrong fee for the case',
    detail: ({ sent, expected }) => `${sent} wei were sent and ${expected} are due.`,
    moneyMoved: false,
    whatToDo: 'Send exactly the case fee.',
  },
  WrongAppealBond: {
    title: 'That is not the appeal bond',
    detail: ({ sent, expected }) => `${sent} wei were sent and ${expected} are due.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  NotOnPanel: {
    title: 'You are not on this panel',
    detail: ({ account }) => `${shortOf(account)} was not drawn for this case.`,
    moneyMoved: false,
    whatToDo: 'Switch to the account that was drawn.',
  },
  WrongVoteSignature: {
    title: 'The vote was not signed by its arbiter',
    detail: ({ arbiter }) => `The signature is not one that ${shortOf(arbiter)} made over this vote.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  NotCommitted: {
    title: 'There is no sealed vote',
    detail: ({ arbiter }) => `${shortOf(arbiter)} sealed no vote in this round.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  AlreadyRevealed: {
    title: 'The vote is open already',
    detail: ({ arbiter }) => `Somebody has opened the vote of ${shortOf(arbiter)}.`,
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
  },
  VoteOutOfRange: {
    title: 'That share is not possible',
    detail: ({ buyerBps, max }) => `${percentOf(buyerBps)} was voted; the most is ${percentOf(max)}.`,
    moneyMoved: false,
    whatToDo: 'Choose a share from nothing to all.',
  },
  NothingToClaim: {
    title: 'There is nothing to collect',
    detail: ({ account }) => `Nothing is owed to ${shortOf(account)} in this token.`,
    moneyMoved: false,
    whatToDo: 'Check that you are using the account that is owed the money.',
  },
  SendFailed: {
    title: 'The recipient refused the money',
    detail: ({ to }) => `${shortOf(to)} could not take the payment. It is still owed to you.`,
    moneyMoved: false,
    whatToDo: 'Have it sent to another address.',
  },
  UnexpectedCoins: {
    title: 'Coins that nobody asked for',
    detail: ({ sender }) => `${shortOf(sender)} sent coins to a contract that expects none from it.`,
    moneyMoved: false,
    whatToDo: 'Send them to the right address.',
  },
  ParameterOutOfRange: {
    title: 'A setting is not possible',
    detail: ({ value, min, max }) => `The value ${value} is not between ${min} and ${max}.`,
    moneyMoved: false,
    whatToDo: 'Choose a value within the limits.',
  },
  NothingScheduled: {
    title: 'No change is waiting',
    detail: () => 'No new settings were announced, or they were taken back.',
    moneyMoved: false,
    whatToDo: 'Announce the change first.',
  },
  FreezeFailed: {
    title: 'The roster could not be kept',
    detail: () => 'The list of arbiters for this case could not be stored.',
    moneyMoved: false,
    whatToDo: REPORT,
  },
  SafeCastOverflowedUintDowncast: {
    title: 'A number is too large',
    detail: ({ value, bits }) => `The number ${value} does not fit in ${bits} bits.`,
    moneyMoved: false,
    whatToDo: REPORT,
  },
  AccessControlUnauthorizedAccount: {
    title: 'This account may not do that',
    detail: ({ account }) => `${shortOf(account)} does not hold the role that this takes.`,
    moneyMoved: false,
    whatToDo: 'Switch to an account that holds it.',
  },
  AccessControlBadConfirmation: {
    title: 'A role can be given up only by its holder',
    detail: () => 'The account that was named is not the one that sent this.',
    moneyMoved: false,
    whatToDo: 'Switch to the account that holds the role.',
  },
  AccessControlEnforcedDefaultAdminDelay: {
    title: 'The delay is not over',
    detail: ({ schedule }) => `The change of the administrator takes effect from ${timeOf(schedule)} on.`,
    moneyMoved: false,
    whatToDo: 'Wait until then.',
  },
  AccessControlEnforcedDefaultAdminRules: {
    title: 'The administrator changes in two steps',
    detail: () => 'This role cannot be given, taken or given up directly.',
    moneyMoved: false,
    whatToDo: 'Begin a transfer, and accept it after the delay.',
  },
  AccessControlInvalidDefaultAdmin: {
    title: 'That cannot be the administrator',
    detail: ({ defaultAdmin }) => `${shortOf(defaultAdmin)} cannot take over the administration.`,
    moneyMoved: false,
    whatToDo: 'Accept with the account that was announced.',
  },
} as const satisfies Omit<CatalogueOf<typeof arbiterPoolAbi>, Shared>
