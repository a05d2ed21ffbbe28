/** Every word of buying. */
export const buyCopy = {
  buy: 'Buy for',
  payDeposit: 'Pay the deposit of',
  signInToBuy: 'Sign in to buy',
  browse: 'Browse the market',
  done: 'You bought it. Opening the deal…',
  unknownToken: 'This listing is priced in a token that this market does not know.',
  short: 'Your wallet does not hold enough for this.',
  youHave: 'It holds',
  promise: 'Your money goes into the contract, not to the seller. It is released when you say so, or by the deadlines below.',
  promisePermit:
    'You sign an allowance over exactly the price, then one transaction moves it into the contract, not to the seller.',
  promiseAllowance: 'First you allow exactly this amount, then one transaction moves it into the contract, not to the seller.',
  plan: {
    legend: 'How do you want to pay?',
    whole: 'All now',
    wholeHint: 'The seller ships next.',
    deposit: 'A deposit now',
    depositHint: (time: string) =>
      `The rest within ${time}. The seller ships when all is paid; if it does not come, you get the deposit back.`,
  },
  address: {
    label: 'Where should it be sent?',
    hint: 'Only the seller gets to read this, and the arbiter if there is a dispute. It never goes on the chain.',
    missing: 'Write where the seller should send it.',
  },
  own: { title: 'This is your listing', text: 'Others see a button here to buy it.' },
  gone: {
    sold: { title: 'Sold', text: 'Somebody was faster. The market has more.' },
    expired: { title: 'This offer has expired', text: 'The seller’s signature was good until a date that has passed.' },
    withdrawn: { title: 'No longer offered', text: 'The seller took this listing off the market.' },
  },
} as const
