import type { Socket } from 'node:net'
import { AppError, type ErrorCode } from './errors.ts'

const PATIENCE_MS = 1_000
const known: Readonly<Record<string, { status: string; code: ErrorCode; detail: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'TOO_LARGE',
    detail: 'The headers of the request are too large. Delete the cookies of this site and try again.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', code: 'MALFORMED', detail: 'The request did not arrive in time.' },
}
const other = { status: '400 Bad Request', code: 'MALFORMED', detail: 'This is no HTTP that we understand.' } as const

/** Answers what is so wrong that it becomes no request at all, in the shape of all other refusals, and ends the connection. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, code, detail } = known[error.code ?? ''] ?? other
  const body = JSON.stringify({ ...new AppError(code, detail).toProblem(), status: Number(status.slice(0, 3)) })
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  socket.end(`${head}\r\n\r\n${body}`)
  // What is still on its way has to be read: else the answer is lost with a reset of the connection.
  socket.removeAllListeners('data').resume()
  setTimeout(() => socket.destroy(), PATIENCE_MS).unref()
}
