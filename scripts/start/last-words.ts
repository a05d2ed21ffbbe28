const LINES = 12
const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' }

interface LogLine {
  level: number
  msg: string
  err?: { message?: string }
  error?: string
}

/** The end of a process's output for people: structured log lines as a level and a sentence, other lines as they are. */
export function lastWords(output: string): string {
  return output.trim().split('\n').slice(-LINES).map(readable).join('\n')
}

function readable(line: string): string {
  const parsed = parse(line)
  if (parsed === undefined) return line
  const reason = parsed.err?.message ?? parsed.error
  return `  ${LEVELS[parsed.level] ?? parsed.level}: ${parsed.msg}${reason ? ` (${reason})` : ''}`
}

function parse(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value = JSON.parse(line) as Partial<LogLine>
    return typeof value.level === 'number' && typeof value.msg === 'string' ? (value as LogLine) : undefined
  } catch {
    return undefined
  }
}
