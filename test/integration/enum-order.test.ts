import assert from 'node:assert/strict'
import { test } from 'node:test'
import hre from 'hardhat'
import { states } from '../../protocol/src/deal/state.ts'

interface AstNode {
  readonly nodeType?: string
  readonly name?: string
  readonly nodes?: readonly AstNode[]
  readonly members?: readonly AstNode[]
}

interface BuildOutput {
  readonly output: { readonly sources: Record<string, { readonly ast?: AstNode }> }
}

async function solidityStates(): Promise<string[]> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
  const id = await hre.artifacts.getBuildInfoId('Escrow')
  assert.ok(id, 'Escrow was built')
  const path = await hre.artifacts.getBuildInfoOutputPath(id)
  assert.ok(path, 'the build left its output')
  const { default: build } = (await import(path, { with: { type: 'json' } })) as { default: BuildOutput }
  const source = Object.entries(build.output.sources).find(([name]) => name.endsWith('types/DealState.sol'))
  const node = source?.[1].ast?.nodes?.find((candidate) => candidate.nodeType === 'EnumDefinition')
  assert.equal(node?.name, 'DealState')
  return (node?.members ?? []).map((member) => member.name ?? '')
}

test('the states have the same names and numbers in Solidity and in TypeScript', async () => {
  const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
  assert.deepEqual((await solidityStates()).map(lowerFirst), [...states])
})
