import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, untilTrue } from './chain.ts'

/** Not the one in /usr/sbin: that changes to the account of the system's own broker. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server'
const POLICY = '/usr/sbin/policy-rc.d'

/** A RabbitMQ of our own on a port of 127.0.0.1, which can be killed and started again on the same data. */
export interface Broker {
  url: string
  /** SIGKILL. */
  kill: () => Promise<void>
  /** Resolves when it takes connections. */
  start: () => Promise<void>
  /** Kills it and removes its data. */
  stop: () => Promise<void>
}

/** Why there can be no RabbitMQ here; null if there is one, installing Debian's package where that is missing. */
export function whyNoRabbit(): string | null {
  if (existsSync(SERVER)) return null
  const how = 'install it with: apt-get install rabbitmq-server'
  if (spawnSync('apt-get', ['--version']).status !== 0)
    return 'RabbitMQ is not installed, and this is no Debian that could install it.'
  if (process.getuid?.() !== 0) return `RabbitMQ is not installed, and only root can do so; ${how}`
  const install = () => apt('install', '-y', '--no-install-recommends', 'rabbitmq-server')
  const error = withoutStarting(() => (install() === null ? null : (apt('update') ?? install())))
  return error === null ? null : `RabbitMQ could not be installed; ${how}. ${error}`
}

/** Null if it went well, else its last words. */
function apt(...args: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr, error } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'apt-get failed')
}

/** Debian starts what it installs, unless this file says that it must not. */
function withoutStarting<T>(work: () => T): T {
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return work()
  } finally {
    if (isOurs) rmSync(POLICY)
  }
}

export async function startBroker(): Promise<Broker> {
  const dir = mkdtempSync(join(tmpdir(), 'fairhold-test-rabbitmq-'))
  const [port, epmdPort, distPort] = [await freePort(), await freePort(), await freePort()]
  const env = environment(dir, { port, epmdPort, distPort })
  // Erlang would start one by itself, and leave it behind.
  const endEpmd = leashed('epmd', ['-address', '127.0.0.1', '-port', String(epmdPort)], env)
  let endServer: (() => Promise<void>) | null = null
  const kill = async () => {
    await endServer?.()
    endServer = null
  }
  const start = async () => {
    endServer = leashed(SERVER, [], env)
    await untilTrue(() => accepts(port))
  }
  const stop = async () => {
    await kill()
    await endEpmd()
    rmSync(dir, { recursive: true, force: true })
  }
  await untilTrue(() => accepts(epmdPort))
  await start().catch(async (error) => {
    await stop()
    throw error
  })
  return { url: `amqp://guest:guest@127.0.0.1:${port}`, kill, start, stop }
}

function environment(dir: string, ports: { port: number; epmdPort: number; distPort: number }): NodeJS.ProcessEnv {
  writeFileSync(join(dir, 'enabled_plugins'), '[].\n')
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    HOME: dir, // the cookie is kept there
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(ports.epmdPort),
    RABBITMQ_NODENAME: `test${ports.port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.port),
    RABBITMQ_DIST_PORT: String(ports.distPort),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-noinput +S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_ALLOW_INPUT: '1', // then Erlang replaces the shell script, and a signal reaches it; -noinput takes the input away again
    RABBITMQ_MNESIA_BASE: join(dir, 'data'),
    RABBITMQ_LOG_BASE: join(dir, 'log'),
    RABBITMQ_LOGS: join(dir, 'broker.log'),
    RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq'),
    RABBITMQ_CONF_ENV_FILE: join(dir, 'rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dir, 'pid'),
  }
}

/** Starts a process that is killed by SIGKILL when the returned function is called, or when this process ends, however it does. */
function leashed(command: string, args: string[], env: NodeJS.ProcessEnv): () => Promise<void> {
  const script = 'exec 3<&0; "$0" "$@" 3<&- </dev/null & it=$!; (read -r _ <&3; kill -KILL $it) & wait $it'
  const child: ChildProcess = spawn('/bin/sh', ['-c', script, command, ...args], { env, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdin?.on('error', () => undefined) // it went before we did
  return () => {
    child.stdin?.end()
    return ended
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const answer = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}
