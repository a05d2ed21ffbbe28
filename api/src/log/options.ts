import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger, LoggerOptions } from 'pino'
import { safeError } from './safe-error.ts'

const MAX_PATH = 200
/** Names under which nobody should log anything; if somebody does, it is not seen. */
const names = ['authorization', 'cookie', 'csrf', 'headers', 'nonce', 'pin', 'secret', 'signature', 'text', 'token']

/**
 * How api and worker log: requests without query, headers, body and network address, errors without what people entrusted to us.
 * A path is logged only where a route has it; whatever else stands in the address bar may be anything.
 */
export function logOptions(level: string): Pick<LoggerOptions, 'level' | 'serializers' | 'redact'> {
  return {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, path: pathOf(request) }),
      res: (reply: FastifyReply) => ({ statusCode: reply.statusCode }),
      err: safeError,
      error: safeError,
      inner: (error: unknown) => error && safeError(error),
    },
    redact: { paths: names.flatMap((name) => [name, `*.${name}`]), censor: '…' },
  }
}

/** The last word of a process that cannot go on, in the same form; Node's own would show the error as it is. */
export function logCrashes(log: Pick<Logger, 'fatal'>): void {
  const die = (err: unknown): void => {
    log.fatal({ err }, 'cannot go on')
    process.exit(1)
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}

function pathOf(request: FastifyRequest): string {
  if (request.routeOptions?.url === undefined) return '(no route)'
  return request.url.split('?')[0]?.slice(0, MAX_PATH) ?? ''
}
