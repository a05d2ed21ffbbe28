import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  actorOf,
  actors,
  allowed,
  dealEventNames,
  IllegalTransition,
  isDealEvent,
  next,
  protectedBy,
  type Transition,
  transitions,
  verdictOn,
} from './machine.ts'
import { type DealState, isFinal, states } from './state.ts'

const table: readonly Transition[] = transitions
const deadline = 1000
const times = [deadline - 1, deadline, deadline + 1]

/** States that a deal can be in at all. */
function reachable(): Set<DealState> {
  const found = new Set<DealState>(['none'])
  for (const state of found) {
    for (const row of table) if (row.from.includes(state) && row.to !== 'same') found.add(row.to)
  }
  return found
}

type Party = 'buyer' | 'seller'

/**
 * Whether `party` can bring the deal to an end with its own actions, what anyone may do, and waiting. Steps that are only
 * possible on time do not count: the deadline may have passed already.
 */
function canEndAlone(rows: readonly Transition[], party: Party, state: DealState, seen: readonly DealState[] = []): boolean {
  if (isFinal(state)) return true
  return rows
    .filter((row) => row.from.includes(state) && row.when !== 'onTime')
    .filter((row) => row.by.includes(party) || row.by.includes('anyone'))
    .some(({ to }) => to !== 'same' && !seen.includes(to) && canEndAlone(rows, party, to, [...seen, state]))
}

function stuckIn(rows: readonly Transition[], party: Party): DealState[] {
  return [...reachable()].filter((state) => !canEndAlone(rows, party, state))
}

test('no deal can be held hostage: from every open state each party alone, with time, reaches an end', () => {
  assert.deepEqual(stuckIn(table, 'buyer'), [])
  assert.deepEqual(stuckIn(table, 'seller'), [])
})

test('nobody has to give in to get out: not the buyer by releasing, nor a seller who shipped by refunding', () => {
  const without = (action: string): Transition[] => table.filter((row) => row.do !== action)
  assert.deepEqual(stuckIn(without('release'), 'buyer'), [])
  assert.deepEqual(stuckIn(without('refund'), 'seller'), ['funded'])
})

test('the hostage check can fail: without the default award a dispute holds both parties', () => {
  const rows = table.filter((row) => row.do !== 'awardByDefault')
  assert.deepEqual([stuckIn(rows, 'buyer'), stuckIn(rows, 'seller')], [['disputed'], ['disputed']])
})

test('every state is reachable, and nothing leads out of a final state', () => {
  assert.deepEqual(
    states.filter((state) => !reachable().has(state)),
    [],
  )
  for (const row of table) for (const state of row.from) assert.equal(isFinal(state), false, `${row.do} leaves ${state}`)
})

test('what is allowed agrees with what its event leads to', () => {
  for (const state of states) {
    for (const actor of actors) {
      for (const now of times) {
        for (const action of allowed({ state, deadline }, actor, now)) {
          const verdict = verdictOn(action, { state, deadline }, actor, now)
          const events = new Set(table.filter((row) => row.do === action).map((row) => row.emits))
          assert.equal(events.size, 1, `${action} logs one event`)
          for (const event of events) assert.deepEqual(verdict, { allowed: true, to: next(state, event) })
        }
      }
    }
  }
})

test('next follows the table and refuses every other step', () => {
  for (const state of states) {
    for (const event of [...dealEventNames, 'Credited', '']) {
      const row = table.find((candidate) => candidate.emits === event && candidate.from.includes(state))
      if (row === undefined) assert.throws(() => next(state, event), IllegalTransition)
      else assert.equal(next(state, event), row.to === 'same' ? state : row.to)
    }
  }
  assert.ok(isDealEvent('Opened'))
  assert.equal(isDealEvent('Withdrawn'), false)
})

test('no two rows answer for the same action, state and doer', () => {
  const seen = new Set<string>()
  for (const row of table) {
    for (const state of row.from) {
      for (const doer of row.by) {
        const cell = `${row.do} ${state} ${doer}`
        assert.equal(seen.has(cell), false, cell)
        seen.add(cell)
      }
    }
  }
})

test('a deadline binds: whom it ran out on cannot dodge by disputing, and its own second is on time', () => {
  const ask = (state: DealState, actor: 'buyer' | 'seller', now: number): boolean =>
    allowed({ state, deadline }, actor, now).includes('dispute')
  assert.deepEqual([ask('funded', 'seller', deadline), ask('funded', 'seller', deadline + 1)], [true, false])
  assert.deepEqual([ask('delivered', 'buyer', deadline), ask('delivered', 'buyer', deadline + 1)], [true, false])
  assert.deepEqual([ask('funded', 'buyer', deadline + 1), ask('delivered', 'seller', deadline + 1)], [true, true])
  assert.deepEqual([ask('shipped', 'buyer', deadline + 1), ask('shipped', 'seller', deadline + 1)], [true, true])
})

test('guards answer in the order state, caller, time', () => {
  const facts = { state: 'funded', deadline } as const
  assert.deepEqual(verdictOn('claim', facts, 'stranger', deadline), { allowed: false, error: 'UnexpectedState' })
  assert.deepEqual(verdictOn('ship', facts, 'buyer', deadline + 1), { allowed: false, error: 'WrongCaller' })
  assert.deepEqual(verdictOn('ship', facts, 'seller', deadline + 1), { allowed: false, error: 'TooLate' })
  assert.deepEqual(verdictOn('reclaim', facts, 'buyer', deadline), { allowed: false, error: 'TooEarly' })
})

test('a settlement is for the parties to agree on, and an arbiter acts on a dispute alone', () => {
  assert.ok(allowed({ state: 'disputed', deadline }, 'buyer', deadline).includes('settle'))
  assert.equal(allowed({ state: 'disputed', deadline }, 'arbiter', deadline).includes('settle'), false)
  for (const state of states) {
    const may = allowed({ state, deadline }, 'arbiter', deadline)
    assert.deepEqual(may, state === 'disputed' ? ['rule'] : [])
  }
})

test('who may extend is whom the deadline protects', () => {
  assert.deepEqual([protectedBy('funded'), protectedBy('shipped'), protectedBy('delivered')], ['buyer', 'seller', 'seller'])
  assert.equal(protectedBy('partlyFunded'), null, 'a seller could hold a deposit for ever')
  assert.equal(protectedBy('disputed'), null)
})

test('an account is known by its address in any letter case', () => {
  const roles = { seller: '0xAb', buyer: '0xCd', arbiter: '0xEf' }
  assert.deepEqual(
    ['0xab', '0xcD', '0xEF', '0x01'].map((account) => actorOf(account, roles)),
    ['seller', 'buyer', 'arbiter', 'stranger'],
  )
})
