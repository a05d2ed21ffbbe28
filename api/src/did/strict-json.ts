const MAX_DEPTH = 16
/** Strings, and what structures a JSON text. To be used on texts that JSON.parse has taken. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * JSON in which every object names a member once, and nests sixteen deep at most. JSON.parse takes the last of two members of one
 * name, other parsers the first: what one program checks would not be what another uses. @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  const open: (Set<string> | null)[] = [] // names so far in each object we are in; null for an array
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') addName(open.at(-1), last)
    if (open.length > MAX_DEPTH) throw new SyntaxError('nested too deep')
    last = token
  }
  return value
}

function addName(names: Set<string> | null | undefined, token: string): void {
  const name = JSON.parse(token) as string // "a" and "\u0061" are one name
  if (names?.has(name)) throw new SyntaxError(`two members are called ${name.slice(0, 40)}`)
  names?.add(name)
}
