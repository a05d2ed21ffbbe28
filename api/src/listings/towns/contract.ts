import { isCountry } from '@fairhold/protocol/listing/countries'
import { z } from 'zod'
import { textShape } from '../../http/shapes.ts'

export const countryShape = z.string().toUpperCase().refine(isCountry, 'must be the code of a country, such as PT')

export const townShape = z.object({
  /** GeoNames' number. */
  id: z.number().int(),
  name: z.string(),
  country: z.string(),
  /** GeoNames' code of a part of the country; tells towns of one name apart. */
  region: z.string(),
  population: z.number().int(),
  lat: z.number(),
  lon: z.number(),
})
export type Town = z.infer<typeof townShape>

export const townSearchShape = z.object({
  q: textShape.min(2).max(100),
  country: countryShape.optional(),
  limit: z.coerce.number().int().min(1).max(20).default(8),
})
