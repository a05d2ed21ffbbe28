import type { reputationAbi } from '../abi/reputation.ts'
import { RELOAD, REPORT } from './advice.ts'
import type { CatalogueOf } from './contract-error.ts'
import { shortOf, timeOf, wordOfOrdinal } from './words.ts'

/** Words for the errors of Reputation. */
export const reputationErrors = {
  DealNotEnded: {
    title: 'The deal has not ended',
    detail: ({ current }) => `Reviews come after the end, and the deal is ${wordOfOrdinal(current)}.`,
    moneyMoved: false,
    whatToDo: 'Come back when the deal has ended.',
  },
  NotAParty: {
    title: 'Only the two parties can review',
    detail: ({ caller }) => `${shortOf(caller)} is neither buyer nor seller of this deal.`,
    moneyMoved: false,
    whatToDo: 'Switch to the account you traded with.',
  },
  EmptyCommitment: {
    title: 'The review is empty',
    detail: () => 'No sealed review was submitted.',
    moneyMoved: false,
    whatToDo: 'Write the review again.',
  },
  AlreadyReviewed: {
    title: 'You have reviewed this deal',
    detail: () => 'Each side reviews a deal once, and a review cannot be changed.',
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
  AlreadyRevealed: {
    title: 'The review is public already',
    detail: ({ author }) => `Somebody has revealed the review by ${shortOf(author)}.`,
    moneyMoved: false,
    whatToDo: 'Nothing is left to do.',
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
    title: 'The review was changed after it was sealed',
    detail: () => 'What was submitted is not what its author committed to.',
    moneyMoved: false,
    whatToDo: REPORT,
  },
} as const satisfies CatalogueOf<typeof reputationAbi>
