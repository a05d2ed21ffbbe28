import { createBench, openDeal, termsOf, prepareDollars } from './bench.ts'
import { encodeFunctionData, zeroAddress } from 'viem'
import { escrowAbi } from '../../protocol/src/abi/escrow.ts'
import { packTerms } from '../../protocol/src/deal/packed.ts'
const bench: any = await createBench()
await prepareDollars(bench)
const prov = bench.provider
async function prof(label: string, hash: string) {
  const t: any = await prov.request({ method: 'debug_traceTransaction', params: [hash, { disableStorage: true, disableMemory: true, disableStack: true }] })
  const by: Record<string, [number, number]> = {}
  let total = 0
  const logs = t.structLogs
  const depth: Record<number, number> = {}
  for (let i = 0; i < logs.length; i++) { const l = logs[i]; let g = l.gasCost; if (/CALL/.test(l.op)) { const nx = logs[i + 1]; g = nx && nx.depth > l.depth ? l.gasCost - nx.gas : l.gasCost; if (nx && nx.depth>l.depth && g<0) g=l.gasCost } (by[l.op] ??= [0, 0])[0] += g; by[l.op][1]++; total += g; depth[l.depth]=(depth[l.depth]??0)+g }
  console.log(label, t.gas, 'exec', total, 'intrinsic+', Number(t.gas) - total, JSON.stringify(depth))
  const rows = Object.entries(by).sort((a, b) => b[1][0] - a[1][0]).slice(0, 30)
  console.log(rows.map(([o, [g, n]]) => `${o}:${g}/${n}`).join(' '))
}
for (const token of [zeroAddress, bench.usd]) {
  await openDeal(bench, termsOf(bench, token, 0), 0n)
  await openDeal(bench, termsOf(bench, token, 1), 0n); await prof('open', bench.last())
  const terms = termsOf(bench, token, 1)
  await bench.send('buyer', bench.escrow, encodeFunctionData({ abi: escrowAbi, functionName: 'release', args: [packTerms(termsOf(bench, token, 0))] }))
  await bench.send('buyer', bench.escrow, encodeFunctionData({ abi: escrowAbi, functionName: 'release', args: [packTerms(terms)] })); await prof('release', bench.last())
}
