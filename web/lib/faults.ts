/** Faults by the dotted path of their field, as `ApiError` and `Problem` have them. */
interface Faulty {
  readonly fields?: Readonly<Record<string, string>> | undefined
}

const fieldsOf = (from: unknown): Readonly<Record<string, string>> => (from as Faulty | null | undefined)?.fields ?? {}
const isIn = (path: string, field: string): boolean => path.split('.').includes(field)

/** What the API found wrong with a field of the open form, or with one of its lines: to be said at the field. */
export function faultAt(from: unknown, field: string): string | undefined {
  return Object.entries(fieldsOf(from)).find(([path]) => isIn(path, field))?.[1]
}

/** Whether all that the API found wrong stands at these fields, so that it need not be said once more. */
export function isAllAt(from: unknown, fields: readonly string[]): boolean {
  const paths = Object.keys(fieldsOf(from))
  return paths.length > 0 && paths.every((path) => fields.some((field) => isIn(path, field)))
}
