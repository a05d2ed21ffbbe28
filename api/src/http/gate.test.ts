import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGate } from './gate.ts'

test('a gate lets in so many at once, in turn, keeps some waiting, and turns the others away', async () => {
  const gate = createGate({ most: 2, waiting: 3 })
  const [order, finish]: [number[], (() => void)[]] = [[], []]
  let [inside, most] = [0, 0]
  const work = (one: number) => async () => {
    order.push(one)
    inside += 1
    most = Math.max(most, inside)
    await new Promise<void>((done) => finish.push(done))
    inside -= 1
    if (one === 1) throw new Error('broken')
    return one
  }
  const all = Array.from({ length: 7 }, (_, one) =>
    gate(work(one)).catch((error: { code?: string; message: string }) => error.code ?? error.message),
  )
  for (let round = 0; round < 20; round += 1) {
    await new Promise((done) => setImmediate(done))
    finish.shift()?.()
  }
  assert.deepEqual(await Promise.all(all), [0, 'broken', 2, 3, 4, 'UNAVAILABLE', 'UNAVAILABLE'])
  assert.deepEqual([order, most], [[0, 1, 2, 3, 4], 2])
  const again = gate(work(9))
  await new Promise((done) => setImmediate(done))
  finish.shift()?.()
  assert.equal(await again, 9, 'and lets in who comes later')
})
