import { connect, createServer, type Socket } from 'node:net'
import { freePort } from './chain.ts'

/** A way to the broker that can fail in the middle of what is said. */
export interface Proxy {
  url: string
  /** While true, nothing that clients say arrives, and they do not notice. */
  swallow: (whether: boolean) => void
  /** Bytes that did not arrive. */
  swallowed: () => number
  /** Ends all connections. */
  cut: () => void
  close: () => Promise<void>
}

/** A proxy before a port of 127.0.0.1. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let swallows = false
  let swallowed = 0
  const server = createServer((client) => {
    const upstream = connect({ port: target, host: '127.0.0.1' })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined) // 'close' follows
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk) => {
      if (swallows) swallowed += chunk.length
      else upstream.write(chunk)
    })
    upstream.on('data', (chunk) => client.write(chunk))
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    swallow: (whether) => {
      swallows = whether
    },
    swallowed: () => swallowed,
    cut,
    close: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
