import type { reputationAbi } from '../abi/reputation.ts'
import { RELOAD, REPORT, SIGN_AGAIN } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { shortOf, timeOf } from './words.ts'

/** Words for the errors of Reputation; where votes of ArbiterPool are sealed by the same rules, they hold for those too. */
export const reputationErrors = {
  NotAParty: {
    title: 'Only the two parties can do this',
    detail: ({ account }) => `${shortOf(account)} is neither buyer nor seller of this deal.`,
    moneyMoved: false,
    whatToDo: 'Switch to the account you traded with.',
  },
  EmptyCommitment: {
    title: 'Nothing was sealed',
    detail: () => 'What was submitted is empty.',
    moneyMoved: false,
    whatToDo: 'Write it again.',
  },
  AlreadyCommitted: {
    title: 'You have sealed yours already',
    detail: () => 'A review or a vote is sealed once, and cannot be changed.',
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
  },
  ReviewWindowClosed: {
    title: 'It is too late to review',
    detail: ({ closedAt }) => `Reviews of this deal were accepted until ${timeOf(closedAt)}.`,
    moneyMoved: false,
    whatToDo: 'Nothing can be done about this deal any more.',
  },
  NoReview: {
    title: 'There is no such review',
    detail: ({ author }) => `${shortOf(author)} has not reviewed this deal.`,
    moneyMoved: false,
    whatToDo: RELOAD,
  },
  StillSealed: {
    title: 'The review is still sealed',
    detail: ({ opensAt }) => `It opens when both sides have reviewed, or at ${timeOf(opensAt)}.`,
    moneyMoved: false,
    whatToDo: 'Wait until then; it is revealed for you.',
  },
  ScoreOutOfRange: {
    title: 'That score is not possible',
    detail: ({ score, max }) => `The score is ${score}; it goes from 1 to ${max}.`,
    moneyMoved: false,
    whatToDo: 'Choose one to five stars.',
  },
  CommitmentMismatch: {
    title: 'It is not what was sealed',
    detail: () => 'What was submitted is not what its author committed to.',
    moneyMoved: false,
    whatToDo: REPORT,
  },
  WrongReviewSignature: {
    title: 'The review was not signed by its author',
    detail: ({ author }) => `The signature is not one that ${shortOf(author)} made over this review.`,
    moneyMoved: false,
    whatToDo: SIGN_AGAIN,
  },
  WrongPublisher: {
    title: 'Somebody else was to publish this',
    detail: ({ caller, expected }) => `The reviews were signed for ${shortOf(expected)} to publish, not ${shortOf(caller)}.`,
    moneyMoved: false,
    whatToDo: 'Leave it to the marketplace, which publishes it for you.',
  },
} as const satisfies Omit<CatalogueOf<typeof reputationAbi>, 'InvalidShortString' | 'StringTooLong'>
