import type { Category, Condition } from '@fairhold/protocol/listing/content'

const categoryNames = {
  cameras: 'Cameras',
  bicycles: 'Bicycles',
  audio: 'Audio',
  computers: 'Computers',
  phones: 'Phones',
  home: 'Home',
  fashion: 'Fashion',
  instruments: 'Instruments',
  'books-games': 'Books and games',
  outdoor: 'Outdoor',
} satisfies Record<Category, string>

const conditionNames = {
  new: 'New',
  'like-new': 'Like new',
  good: 'Good',
  fair: 'Fair',
  'for-parts': 'For parts',
} satisfies Record<Condition, string>

/** Every word of selling. */
export const sellCopy = {
  heading: 'Sell something',
  lead: 'Describe it, name your terms and sign. Signing is free; the item is on the market at once.',
  prompt: {
    title: 'You are not signed in',
    text: 'Start writing if you like: your draft stays in this browser. You sign in to add photos and to publish.',
    action: 'Sign in',
  },
  item: { title: 'The item', hint: 'What you write is part of what you sign, word for word.' },
  offer: { title: 'What you ask for it' },
  protection: { title: 'If something goes wrong', hint: 'These rules are fixed for every deal made from this listing.' },
  labels: {
    title: 'Title',
    description: 'Description',
    category: 'Category',
    condition: 'Condition',
    place: 'Place',
    shipsTo: 'Ships to',
    price: 'Price',
    token: 'Currency',
    quantity: 'Quantity',
    photos: 'Add photos',
  },
  hints: {
    title: 'What a buyer would search for.',
    description: 'What it is, how it works, what is wrong with it, what comes with it.',
    place: 'Optional. A town, never a street.',
    shipsTo: 'Optional. Countries or regions.',
    price: 'Everything included, shipping too.',
    quantity: 'How many of the same you have. Each is a deal of its own.',
    photos: (max: number) => `Up to ${max} photos. The first one is the cover.`,
  },
  photos: {
    heading: 'Photos',
    cover: 'Cover',
    alt: (at: number) => `Photo ${at}`,
    remove: (at: number) => `Remove photo ${at}`,
    earlier: (at: number) => `Move photo ${at} earlier`,
    uploading: (count: number) => `Uploading ${count === 1 ? 'a photo' : `${count} photos`}…`,
    failed: (name: string, why: string) => `${name}: ${why}`,
    tooMany: (max: number) => `A listing has at most ${max} photos. The rest was left out.`,
  },
  categories: categoryNames,
  conditions: conditionNames,
  arbiter: {
    legend: 'Who decides if you and the buyer disagree',
    fee: (fee: string, address: string) => `Takes ${fee} of what is left in the deal, and only if it rules. ${address}`,
    you: 'This is you. Nobody decides their own case.',
    none: {
      title: 'No arbiter is available',
      text: 'This market names nobody else who could decide a dispute, so nothing can be offered from this account.',
    },
  },
  windows: {
    legend: 'How long each step may take',
    unit: 'days',
    names: { ship: 'To ship', delivery: 'To arrive', inspection: 'To inspect', ruling: 'To rule' },
    hints: {
      ship: 'Later, the buyer can take all the money back.',
      delivery: 'Later, you may declare it delivered.',
      inspection: 'Later, you are paid without a word from the buyer.',
      ruling: 'Later, the rule below applies.',
    },
  },
  silent: {
    legend: 'If there is a dispute and the arbiter stays silent',
    options: {
      '5000': { title: 'Half and half', hint: 'What is left is split 50/50.' },
      '10000': { title: 'All to the buyer', hint: 'Most convincing to buyers.' },
      '0': { title: 'All to the seller', hint: 'Some buyers will stay away.' },
    },
  },
  payment: {
    legend: 'How the buyer may pay',
    whole: { title: 'All at once', hint: 'You ship when the price is in the contract.' },
    parts: { title: 'In instalments too', hint: 'A deposit first, the rest later. You ship when all of it is there.' },
    deposit: { label: 'Smallest deposit', hint: 'It goes back if the rest does not come.', unit: '%' },
    funding: { label: 'Time for the rest', hint: 'Later, either of you can cancel.', unit: 'days' },
  },
  preview: { title: 'How the market shows it', noTitle: 'Your title', noName: 'You' },
  summary: {
    title: 'In plain words',
    each: (count: number) => `Amounts are for each of your ${count} pieces.`,
    noPrice: 'Name a price to see what you receive.',
    price: 'The buyer pays',
    fee: (rate: string) => `Marketplace fee (${rate})`,
    receive: 'You receive',
    parts: (deposit: string, time: string) =>
      `The buyer may pay ${deposit} first and the rest within ${time}. If the rest does not come, the deposit goes back and nobody owes anything.`,
    ship: (time: string) =>
      `You have ${time} to ship after the buyer has paid into the contract. If you do not, the buyer can take the money back.`,
    delivery: (time: string) => `It has ${time} to arrive.`,
    inspection: (time: string) =>
      `The buyer has ${time} to look it over. You are paid when the buyer says so, or when that time is up.`,
    ruling: (name: string, time: string) => `If you disagree, ${name} has ${time} to rule.`,
    expiry: (time: string) => `The offer stands for ${time}, unless you take it down before.`,
  },
  publish: 'Sign and publish',
  free: 'Your wallet asks for a signature. It costs nothing and moves no money.',
  steps: {
    preparing: 'Getting your offer ready…',
    signing: 'Waiting for your signature in the wallet…',
    publishing: 'Putting it on the market…',
    done: 'Published. Opening your listing…',
  },
  fixFields: { title: 'Something is missing', text: 'Look at the fields marked above, then sign again.' },
  ownArbiter: {
    title: 'You are the arbiter that was chosen',
    whatToDo: 'Nobody decides their own case. Look at who is chosen as arbiter now, then sign again.',
  },
  published: 'Your listing is on the market.',
  errors: {
    length: (min: number, max: number) => (min > 0 ? `Write ${min} to ${max} characters.` : `Keep it to ${max} characters.`),
    text: 'There is a character in here that is not text. Remove it.',
    choice: 'Choose one of the list.',
    priceForm: 'Write a number such as 120 or 0.05, with a point and without a comma.',
    priceDigits: (decimals: number) => `This currency has at most ${decimals} digits after the point.`,
    priceZero: 'It has to be more than nothing.',
    priceHigh: 'This is more than a deal can hold.',
    quantity: (max: number) => `A whole number from 1 to ${max}.`,
    days: 'More than 0 and at most 365 days.',
    deposit: (max: number) => `From 1 to ${max} per cent.`,
    arbiter: 'Choose an arbiter.',
  },
} as const
