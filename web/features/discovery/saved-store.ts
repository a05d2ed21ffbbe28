/** What asks the API for the saved listings of who is signed in, and changes them. */
export interface SavedClient {
  ids: () => Promise<readonly string[]>
  write: (id: string, isSaved: boolean) => Promise<void>
}

/**
 * Which listings the person saved, asked once for all hearts of a page. Belongs to one account: another one begins anew. What is
 * pressed here counts, whichever of its answer and that of the list comes first.
 */
export class SavedStore {
  readonly #client: SavedClient
  readonly #listeners = new Set<() => void>()
  readonly #pressed = new Map<string, boolean>()
  #owner: string | null = null
  #listed: readonly string[] = []
  #ids: ReadonlySet<string> = new Set()

  constructor(client: SavedClient) {
    this.#client = client
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly ids = (): ReadonlySet<string> => this.#ids

  /** From here on it is about this account. */
  follow(account: string | null): void {
    if (this.#owner === account) return
    this.#owner = account
    this.#listed = []
    this.#pressed.clear()
    this.#show()
    if (account === null) return
    const isStill = () => this.#owner === account
    this.#client.ids().then(
      (ids) => {
        if (!isStill()) return
        this.#listed = ids
        this.#show()
      },
      () => {
        if (isStill()) this.#owner = null // asked again by the next page
      },
    )
  }

  /** Shows it at once, and takes it back if the API refuses. `account`: who pressed, which the page may not have drawn yet. */
  async change(account: string | null, id: string, isSaved: boolean): Promise<void> {
    this.follow(account)
    this.#press(id, isSaved)
    try {
      await this.#client.write(id, isSaved)
    } catch (error) {
      if (this.#owner === account) this.#press(id, !isSaved)
      throw error
    }
  }

  #press(id: string, isSaved: boolean): void {
    this.#pressed.set(id, isSaved)
    this.#show()
  }

  #show(): void {
    const ids = new Set(this.#listed)
    for (const [id, isSaved] of this.#pressed) isSaved ? ids.add(id) : ids.delete(id)
    this.#ids = ids
    for (const listener of this.#listeners) listener()
  }
}
