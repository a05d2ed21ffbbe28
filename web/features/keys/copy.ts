/** Every word about the keys of private messages. */
export const keysCopy = {
  title: 'Key for private messages',
  hint: 'Chat and evidence are encrypted in your browser. Only whom they are for can read them, not the marketplace.',
  none: {
    text: 'Your wallet makes a key from a signature. It asks you three times: twice for the key, to see that it can make it again, and once to publish the part that others need. It costs nothing.',
    action: 'Set up',
  },
  away: {
    text: 'Your wallet has a key, and this device does not have it yet.',
    action: 'Unlock on this device',
  },
  here: {
    text: 'This device reads and writes your private messages.',
    former: (many: number) =>
      many === 1 ? 'One older key is kept, for old messages.' : `${many} older keys are kept, for old messages.`,
    rotate: 'Make a new key',
    forget: 'Remove from this device',
  },
  badge: { here: 'On this device', away: 'Not on this device', none: 'Not set up' },
  origin: {
    signature: 'Your wallet makes it again from a signature, on any device.',
    random: 'It is kept under your passphrase. Without the passphrase it is lost.',
  },
  warning: 'Sign the message about private messages only here. Whoever has that signature can read them.',
  number: (sequence: number) => `Key number ${sequence}`,
  publicKey: 'Public key',
  rotateTitle: 'Make a new key?',
  rotateText:
    'Do this if somebody may have your key. New messages go to the new key; old ones stay readable for you, and for whoever has the old key.',
  forgetTitle: 'Remove the keys from this device?',
  forgetText: 'Messages cannot be read here until you unlock them again. Your other devices keep theirs.',
  working: 'Look at your wallet: it asks you to sign.',
  done: {
    created: 'Your key is set up.',
    opened: 'This device reads your messages now.',
    rotated: 'You have a new key.',
    forgotten: 'The keys are gone from this device.',
  },
  passphrase: {
    newTitle: 'Choose a passphrase',
    newText:
      'This wallet does not sign the same twice, so the key cannot be made from a signature. It is kept under a passphrase instead. Nobody can give it back to you if you forget it.',
    knownTitle: 'Your passphrase',
    knownText: 'The key of this wallet is kept under the passphrase that you chose.',
    field: 'Passphrase',
    again: 'The same once more',
    hint: 'At least 12 characters. A few words that only you would put together are good.',
    short: 'Use at least 12 characters.',
    differs: 'The two are not the same.',
    action: 'Continue',
  },
  failures: {
    WrongPassphrase: { title: 'That is not the passphrase', whatToDo: 'Try again. Capital letters and spaces count.' },
    KeyExists: { title: 'Another device made a key meanwhile', whatToDo: 'Reload the page, then unlock that key here.' },
    KeyDiffers: {
      title: 'Your wallet makes another key than before',
      whatToDo:
        'Use the wallet and the account that the key was made with. If you have them no more, messages to that key are lost.',
    },
    CannotOpen: {
      title: 'The older keys cannot be read',
      whatToDo: 'Try again. If it stays so, use the device that made the newest key.',
    },
  },
  again: 'Try again',
  keep: 'Keep it',
} as const
