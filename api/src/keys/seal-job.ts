import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'
import { countPlain, sealPlain } from './private-rows.ts'

const MINUTE_MS = 60_000

/** Seals what was written before there were keys, and what an api of that time still writes while a new one is rolled out. */
export function sealJob({ db, keys }: Pick<Context, 'db' | 'keys'>, now: () => number): Job<string> {
  let next = 0
  return {
    name: 'seal',
    due: async () => {
      if (now() < next) return []
      next = now() + MINUTE_MS
      return (await countPlain({ db })) > 0 ? ['private columns'] : []
    },
    idOf: (what) => what,
    work: async () => {
      while ((await sealPlain({ db, keys })) > 0);
    },
  }
}
