import { type CounterName, counterNames, type Status } from './status.ts'

const PREFIX = 'fairhold_indexer_'
const counterHelp = {
  events: 'Events stored.',
  steps: 'Transactions committed.',
  blocks: 'Blocks stored.',
  reorgs: 'Reorganisations undone.',
  reorgBlocks: 'Blocks taken back by reorganisations.',
  withheldLogs: 'Blocks whose logs a node left out of its first answer.',
  unknownLogs: 'Logs of our contracts that their ABI does not know.',
  failures: 'Times the nodes or Postgres failed and the indexer started over.',
} as const satisfies Record<CounterName, string>

type Labels = Readonly<Record<string, string>>
type Sample = { labels: Labels; value: number; suffix?: string }
type Metric = { name: string; type: 'gauge' | 'counter' | 'summary'; help: string; samples: Sample[] }

/** The metrics of all chains in Prometheus' text format (version 0.0.4). */
export function metricsText(chains: readonly Status[]): string {
  const lines = [...gaugesOf(chains), ...countersOf(chains), ...nodeMetrics(chains), phasesOf(chains)].flatMap(linesOf)
  return `${lines.join('\n')}\n`
}

function gaugesOf(chains: readonly Status[]): Metric[] {
  type Read = (snapshot: ReturnType<Status['snapshot']>) => number | null | undefined
  const gauge = (name: string, help: string, read: Read): Metric => ({
    ...{ name, type: 'gauge', help },
    samples: chains.flatMap((status) => {
      const snapshot = status.snapshot()
      const value = read(snapshot)
      return value === null || value === undefined ? [] : [{ labels: { chain: snapshot.chain }, value }]
    }),
  })
  return [
    gauge('ready', 'Whether the tables end at the latest block.', ({ ready }) => Number(ready)),
    gauge('leader', 'Whether this process writes the rows of the chain.', ({ role }) => Number(role === 'writer')),
    gauge('failed', 'Whether it gave up on the chain: a person has to look.', ({ role }) => Number(role === 'failed')),
    gauge('block_number', 'Last block stored.', ({ indexed }) => indexed?.number),
    gauge('head_block_number', "The nodes' latest block.", ({ head }) => head?.number),
    gauge('finalized_block_number', 'Last block that nothing can change any more.', ({ finalized }) => finalized),
    gauge('lag_blocks', 'Blocks behind the head.', ({ lagBlocks }) => lagBlocks),
    gauge('lag_seconds', 'Seconds of chain time behind the head.', ({ lagSeconds }) => lagSeconds),
    gauge('head_age_seconds', 'Seconds since a node last gave a head.', ({ headAgeSeconds }) => headAgeSeconds),
    gauge('halted_deals', 'Deals whose events contradict the machine.', ({ haltedDeals }) => haltedDeals.length),
    gauge('websocket_connected', 'Whether new heads are announced.', ({ webSocket }) => Number(webSocket)),
  ]
}

function countersOf(chains: readonly Status[]): Metric[] {
  const counters = counterNames.map((name): Metric => {
    const samples = chains.map(({ snapshot, counters }) => ({
      labels: { chain: snapshot().chain },
      value: counters.get(name) ?? 0,
    }))
    return { name: `${snakeCase(name)}_total`, type: 'counter', help: counterHelp[name], samples }
  })
  const requests = chains.flatMap(({ snapshot, requests }) =>
    [...requests].map(([method, value]) => ({ labels: { chain: snapshot().chain, method }, value })),
  )
  return [...counters, { name: 'rpc_requests_total', type: 'counter', help: 'Questions asked of nodes.', samples: requests }]
}

function nodeMetrics(chains: readonly Status[]): Metric[] {
  const nodes = chains.flatMap((status) => {
    const { chain, nodes } = status.snapshot()
    return nodes.map((node) => ({ labels: { chain, host: node.host }, node }))
  })
  type Read = (node: (typeof nodes)[number]['node']) => number
  const metric = (name: string, type: 'gauge' | 'counter', help: string, read: Read): Metric => ({
    ...{ name, type, help },
    samples: nodes.map(({ labels, node }) => ({ labels, value: read(node) })),
  })
  return [
    metric('node_up', 'gauge', 'Whether the node is neither resting nor in quarantine.', ({ state }) => Number(state === 'up')),
    metric('node_lies_total', 'counter', 'Times the node was caught contradicting itself or others.', ({ lies }) => lies),
  ]
}

function phasesOf(chains: readonly Status[]): Metric {
  const samples = chains.flatMap(({ snapshot, phases }) =>
    [...phases].flatMap(([point, { seconds, count }]) => {
      const labels = { chain: snapshot().chain, point }
      return [
        { labels, value: seconds, suffix: '_sum' },
        { labels, value: count, suffix: '_count' },
      ]
    }),
  )
  return { name: 'phase_seconds', type: 'summary', help: 'Time up to each point of a step from the one before.', samples }
}

function linesOf({ name, type, help, samples }: Metric): string[] {
  if (samples.length === 0) return []
  const full = `${PREFIX}${name}`
  const values = samples.map(({ labels, value, suffix = '' }) => `${full}${suffix}{${labelsText(labels)}} ${value}`)
  return [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`, ...values]
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
