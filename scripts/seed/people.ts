import type { DevAccount } from '@fairhold/protocol/dev-accounts'
import { ada, bruno, chiara, dmitri, elif, femi, ines } from '@fairhold/protocol/dev-accounts'

export interface Person {
  account: DevAccount
  name: string
  bio: string
}

/** Who lives in the demo market. */
export const people = {
  ada: {
    account: ada,
    name: 'Ada Lindqvist',
    bio: 'Repairs cameras, synths and record players in a basement workshop in Uppsala. Everything I sell has been on my bench for at least a week, and the notes from the bench come with it.',
  },
  bruno: {
    account: bruno,
    name: 'Bruno Teixeira',
    bio: 'Bicycles, phones and things with keys. I buy broken, mend, ride or type on it for a while, and pass it on. Porto, parcels leave on Tuesdays and Fridays.',
  },
  chiara: {
    account: chiara,
    name: 'Chiara Moretti',
    bio: 'Wood turner and potter near Faenza. Half of what is here I made myself; the other half is my late uncle’s attic, one good thing at a time.',
  },
  dmitri: {
    account: dmitri,
    name: 'Dmitri Sorokin',
    bio: 'Furnishing a first flat in Tallinn, slowly and second hand.',
  },
  elif: {
    account: elif,
    name: 'Elif Kaya',
    bio: 'Radio journalist in Izmir. Buys more headphones than ears.',
  },
  femi: {
    account: femi,
    name: 'Femi Adeyemi',
    bio: 'Teacher, tea drinker, host of a very long-running board game evening in Leeds.',
  },
  ines: {
    account: ines,
    name: 'Ines Okafor',
    bio: 'Arbiter. Twenty years of small claims, now for strangers who trade. I read everything both sides send before I rule, and I give my reasons in writing.',
  },
} as const satisfies Record<string, Person>

export type PersonName = keyof typeof people
