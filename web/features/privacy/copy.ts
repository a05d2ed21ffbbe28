/** Every word about a person's data: taking it along, and having it erased. */
export const privacyCopy = {
  export: {
    title: 'Take your data along',
    hint: 'A ZIP with everything we hold on you: readable files, your photos, and a page that explains them.',
    parts: [
      'your profile, wallets and sessions',
      'your listings, with the offers you signed',
      'addresses and tracking numbers of your deals, in the clear',
      'what you wrote in disputes and reviews',
      'what the chain says of your wallets',
    ],
    action: 'Download everything',
    done: 'Your data is on its way to your downloads.',
  },
  delete: {
    title: 'Delete your account',
    hint: 'Your profile, sessions, listings, photos and words are erased at once. It cannot be undone.',
    stays: {
      title: 'What stays, and why',
      open: 'An open deal keeps your address, tracking numbers, statements and listing until it is over: the other side needs them. Then they go.',
      chain:
        'The blockchain keeps what your wallets did: deals, payments, scores. Nobody can erase that, we no more than you. It names wallets, not you.',
      log: 'The audit log keeps that things were done, with ids and wallets and no names, so that nobody can hide a misdeed. The id that other apps know you by stays reserved.',
      money: 'Your money is not here. It stays in your wallet and in the contract, and yours to claim.',
    },
    openDeals: (count: number) =>
      count === 1
        ? 'You have a deal that is not over. It goes on without your account: its deadlines hold. Sign in with the same wallet to act in it.'
        : `You have ${count} deals that are not over. They go on without your account: their deadlines hold. Sign in with the same wallet to act in them.`,
    liveOffers: (count: number) =>
      `${count === 1 ? 'An offer that you signed' : `${count} offers that you signed`} can still be taken by whoever has kept a copy. Withdraw them on chain first if you do not want that.`,
    action: 'Delete my account',
    dialog: {
      title: 'Delete your account?',
      text: 'This erases your account now. It cannot be undone, and we keep no copy to bring it back from.',
      label: (words: string) => `Type “${words}” to confirm`,
      wrong: (words: string) => `Type exactly: ${words}`,
      cancel: 'Keep my account',
      confirm: 'Delete for good',
    },
    refused: 'Your account cannot be deleted yet',
    done: 'Your account is deleted.',
  },
} as const
