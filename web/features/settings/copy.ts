/** Every word of the settings. */
export const settingsCopy = {
  heading: 'Settings',
  signedOut: {
    title: 'Your settings are behind your sign-in',
    text: 'Sign in with your wallet to change your profile and to withdraw credits.',
    action: 'Sign in',
  },
  profile: {
    title: 'Profile',
    hint: 'Everybody can see this.',
    name: 'Name',
    bio: 'About you',
    bioHint: 'Optional. What you sell, where you are, how fast you answer.',
    save: 'Save',
    saved: 'Your profile is saved.',
    missing: 'Give a name.',
    tooLong: (max: number) => `Keep it to ${max} characters.`,
    unreadable: 'There is a character in here that is not text. Remove it.',
  },
  credits: {
    title: 'Credits in the contract',
    hint: 'Amounts end up here when a payment to you could not be delivered, or as marketplace fees you earned. They are yours alone and wait until you withdraw them.',
    withdraw: 'Withdraw',
    label: (symbol: string) => `Withdraw ${symbol}`,
    done: (symbol: string) => `Your ${symbol} is in your wallet.`,
    failed: 'This amount could not be read from the chain.',
    again: 'Try again',
  },
  loading: 'Loading…',
  again: 'Try again',
} as const
