import type { PersonName } from './people.ts'

type Buyer = Extract<PersonName, 'dmitri' | 'elif' | 'femi'>

export interface SeedReview {
  score: 1 | 2 | 3 | 4 | 5
  text: string
}

/** One deal of the past, and how far it has come. It opens unit `unit` of the listing with this key. */
export interface Story {
  listing: string
  unit: number
  buyer: Buyer
  /** Where to send it; only the parties can read it. */
  address: string
  reaches: 'partlyFunded' | 'funded' | 'shipped' | 'delivered' | 'completed' | 'refunded' | 'disputed'
  parcel?: { carrier: string; number: string }
  reviews?: { buyer: SeedReview; seller: SeedReview }
  statements?: { buyer: string; seller: string }
}

const TALLINN = 'Dmitri Sorokin, Telliskivi 12-4, 10611 Tallinn, Estonia'
const IZMIR = 'Elif Kaya, Kıbrıs Şehitleri 41/7, 35220 Izmir, Türkiye'
const LEEDS = 'Femi Adeyemi, 9 Brudenell Mount, Leeds LS6 1HT, United Kingdom'

/** What happened in the market before the visitor came: six deals that ended, and one in each open state. */
export const stories: readonly Story[] = [
  {
    listing: 'lamp',
    unit: 0,
    buyer: 'dmitri',
    address: TALLINN,
    reaches: 'completed',
    parcel: { carrier: 'Poste Italiane', number: 'RR482170933IT' },
    reviews: {
      buyer: {
        score: 5,
        text: 'Heavier and warmer than the picture. Chiara asked which grain I wanted and sent two photographs before packing. It was wrapped so well that the box is now a foot stool.',
      },
      seller: { score: 5, text: 'Told me the day it arrived and released the money the same evening. A pleasure.' },
    },
  },
  {
    listing: 'tea-set',
    unit: 0,
    buyer: 'elif',
    address: IZMIR,
    reaches: 'completed',
    parcel: { carrier: 'Poste Italiane', number: 'RR482171006IT' },
    reviews: {
      buyer: {
        score: 5,
        text: 'It really does not drip. A little greyer than the photo, as she said it might be, and I like it better that way.',
      },
      seller: { score: 5, text: 'Clear address, quick answer about customs, kind words. Would fire a kiln for her again.' },
    },
  },
  {
    listing: 'phone',
    unit: 0,
    buyer: 'femi',
    address: LEEDS,
    reaches: 'completed',
    parcel: { carrier: 'CTT Expresso', number: 'DA203944781PT' },
    reviews: {
      buyer: {
        score: 4,
        text: 'Battery as promised and the test sheet matches the serial number. One star off because it took nine days, but he told me about the strike before I asked.',
      },
      seller: { score: 5, text: 'Patient about the postal strike. Checked the phone and released at once.' },
    },
  },
  {
    listing: 'board-game',
    unit: 0,
    buyer: 'femi',
    address: LEEDS,
    reaches: 'completed',
    parcel: { carrier: 'Poste Italiane', number: 'RR482171112IT' },
    reviews: {
      buyer: {
        score: 5,
        text: 'Played four times in the first week. My pupils have claimed the red boat. The lid is dark, yes, and nobody cares.',
      },
      seller: { score: 5, text: 'Wrote to me with a rules question and then with the answer. Exactly the buyer you hope for.' },
    },
  },
  {
    listing: 'headphones',
    unit: 0,
    buyer: 'elif',
    address: IZMIR,
    reaches: 'completed',
    parcel: { carrier: 'PostNord', number: 'UA558120394SE' },
    reviews: {
      buyer: {
        score: 5,
        text: 'The measurement in the box is for this very pair, serial number and all. I have edited two programmes on them and heard a chair creak I had missed for years.',
      },
      seller: { score: 4, text: 'Friendly and honest. Confirmed delivery a few days late, but said so.' },
    },
  },
  {
    listing: 'keyboard',
    unit: 0,
    buyer: 'dmitri',
    address: TALLINN,
    reaches: 'refunded',
    parcel: { carrier: 'CTT Expresso', number: 'DA203944902PT' },
    reviews: {
      buyer: {
        score: 4,
        text: 'The parcel was crushed on the way. I sent one photograph and Bruno gave everything back within the hour, without a word of argument. Sad about the keyboard, happy about the seller.',
      },
      seller: {
        score: 5,
        text: 'Photographed the box before opening it, which made the claim with the carrier easy. Fair and calm.',
      },
    },
  },
  { listing: 'tea-set', unit: 1, buyer: 'femi', address: LEEDS, reaches: 'funded' },
  { listing: 'phone', unit: 2, buyer: 'femi', address: LEEDS, reaches: 'partlyFunded' },
  {
    listing: 'headphones',
    unit: 1,
    buyer: 'dmitri',
    address: TALLINN,
    reaches: 'shipped',
    parcel: { carrier: 'PostNord', number: 'UA558120717SE' },
  },
  {
    listing: 'board-game',
    unit: 1,
    buyer: 'elif',
    address: IZMIR,
    reaches: 'delivered',
    parcel: { carrier: 'Poste Italiane', number: 'RR482171238IT' },
  },
  {
    listing: 'phone',
    unit: 1,
    buyer: 'elif',
    address: IZMIR,
    reaches: 'disputed',
    parcel: { carrier: 'CTT Expresso', number: 'DA203945117PT' },
    statements: {
      buyer:
        'The phone came on Monday in good packing. It is the graphite one and looks as described. But the rear camera does not focus: near or far, everything is soft, in the supplied app and in two others. I reset it as the seller suggested, with no change. The test sheet says "autofocus: pass". I like the phone and would keep it for a fair discount, since a repair here was quoted at about a third of the price. Otherwise I would like to send it back for my money.',
      seller:
        'I tested this phone the evening before it left, and the focus worked; the sheet has the time on it. The parcel was insured and the box arrived undamaged, so I think something was knocked in transit or after. I do not doubt that it is soft now. I can replace the camera module myself for the cost of the part if she sends it back, or give 60 tUSD off. A third of the price seems too much for a part that costs me 25.',
    },
  },
]
