import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyMutation, mutationsOf } from './operators.ts'

const source = `
// a < b
contract A {
    uint256 constant MAX = 1 + 2;
    function f(uint256 a) external nonReentrant {
        if (a > 5) revert TooMuch(a, 5);
        _requireActor(msg.sender, a == 1 ? x : y);
        _deals[id] = deal.advanced(a + 1);
        if (a != 0) _paid[id] = 0;
        emit Done(a);
        assembly { a := add(a, 1) }
    }
}
`

test('finds each guard, comparison, operator, event, write and lock, and nothing in comments, constants or assembly', () => {
  const found = mutationsOf('A.sol', source).map(({ line, kind, before }) => `${line} ${kind} ${before.trim()}`)
  assert.deepEqual(found, [
    '5 reentrancy nonReentrant',
    '6 guard if (a > 5) revert TooMuch(a, 5);',
    '6 comparison >',
    '7 guard _requireActor(msg.sender, a == 1 ? x : y);',
    '7 comparison ==',
    '8 write _deals[id] = deal.advanced(a + 1);',
    '8 arithmetic +',
    '9 comparison !=',
    '9 write _paid[id] = 0;',
    '10 event emit Done(a);',
  ])
})

test('a mutation changes its own place only', () => {
  const [, , comparison] = mutationsOf('A.sol', source)
  assert.ok(comparison)
  assert.equal(applyMutation(source, comparison), source.replace('a > 5', 'a >= 5'))
})
