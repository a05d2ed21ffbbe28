import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countTests, leftOut, runSuite } from './suite.ts'

test('counts what node:test says', () => {
  assert.deepEqual(countTests('node', 'ℹ tests 5\nℹ pass 4\nℹ fail 1\n', 1), { passed: 4, failed: 1 })
})

test('counts only the summary at the end', () => {
  assert.deepEqual(countTests('node', 'ℹ pass 3\n✔ a test\nℹ pass 1\nℹ fail 0\n', 0), { passed: 1, failed: 0 })
})

test('counts a test that was cut off as failed', () => {
  assert.deepEqual(countTests('node', 'ℹ pass 4\nℹ fail 1\nℹ cancelled 2\n', 1), { passed: 4, failed: 3 })
})

test('a suite without a command fails', async () => {
  assert.deepEqual(await runSuite({ name: 'nothing', counts: 'node', command: [] }), { passed: 0, failed: 1 })
})

test('a suite whose runner fails without counting a failure fails', async () => {
  const command = ['-e', 'console.log("ℹ pass 3"); process.exit(7)']
  assert.deepEqual(await runSuite({ name: 'crash', counts: 'node', command }), { passed: 3, failed: 1 })
})

test('counts what hardhat says', () => {
  assert.deepEqual(countTests('hardhat', '  210 passing\n  2 failing\n', 1), { passed: 210, failed: 2 })
})

test('counts the seeds that a simulator played', () => {
  assert.deepEqual(countTests('seeds', 'seed 7 failed; it is alone\n9999 passed, 1 failed\n', 1), { passed: 9999, failed: 1 })
})

test('counts a check as one test by its exit code', () => {
  assert.deepEqual(countTests('exit', '', 0), { passed: 1, failed: 0 })
  assert.deepEqual(countTests('exit', '', 2), { passed: 0, failed: 1 })
})

test('counts nothing where nothing ran', () => {
  assert.deepEqual(countTests('node', 'ℹ tests 0\nℹ pass 0\nℹ fail 0\n', 0), { passed: 0, failed: 0 })
})

test('says what was left out, and why', () => {
  const output = '﹣ the bus (0.354706ms) # RabbitMQ is not installed\n✔ x (0.2ms)\n  ﹣ inner # one (1ms) # Not here.\n'
  assert.deepEqual(leftOut(output), ['﹣ left out: the bus: RabbitMQ is not installed', '﹣ left out: inner # one: Not here.'])
})
