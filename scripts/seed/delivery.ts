import { europeanUnion } from '@fairhold/protocol/listing/countries'

/** Towns of the demo market, as GeoNames numbers them. */
export const towns = {
  uppsala: { country: 'SE', town: 'Uppsala', townId: 2666199 },
  stockholm: { country: 'SE', town: 'Stockholm', townId: 2673730 },
  gothenburg: { country: 'SE', town: 'Göteborg', townId: 2711537 },
  malmo: { country: 'SE', town: 'Malmö', townId: 2692969 },
  porto: { country: 'PT', town: 'Porto', townId: 2735943 },
  lisbon: { country: 'PT', town: 'Lisbon', townId: 2267057 },
  coimbra: { country: 'PT', town: 'Coimbra', townId: 2740637 },
  braga: { country: 'PT', town: 'Braga', townId: 2742032 },
  faenza: { country: 'IT', town: 'Faenza', townId: 3177300 },
  bologna: { country: 'IT', town: 'Bologna', townId: 3181928 },
  florence: { country: 'IT', town: 'Florence', townId: 3176959 },
  turin: { country: 'IT', town: 'Turin', townId: 3165524 },
} as const
export type TownName = keyof typeof towns

/** A way of sending; its price is as a person writes it, in the listing's token. */
export interface Way {
  name: string
  to: readonly string[]
  price: string
  days: readonly [number, number]
}

export const letter = (price: string): Way => ({ name: 'Tracked letter', to: ['*'], price, days: [4, 12] })
export const home = (country: string, price: string): Way => ({ name: 'Parcel, tracked', to: [country], price, days: [1, 3] })
export const union = (price: string): Way => ({ name: 'Parcel within the EU', to: [...europeanUnion], price, days: [3, 7] })
export const world = (price: string): Way => ({ name: 'Parcel abroad, insured', to: ['*'], price, days: [7, 18] })
export const some = (name: string, to: string, price: string): Way => ({ name, to: to.split(' '), price, days: [3, 8] })
