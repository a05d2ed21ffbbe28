/** A browser without pages: it follows redirects, and sends cookies to the host and path that they were set for. */
export class Browserless {
  readonly #cookies: { name: string; value: string; host: string; path: string }[] = []

  /** Follows redirects until something else comes, or until `stop` says so of an address. */
  async open(
    url: string,
    init: RequestInit = {},
    stop: (url: URL) => boolean = () => false,
  ): Promise<{ url: URL; response: Response }> {
    let [at, options] = [new URL(url), init]
    for (let hops = 0; hops < 20; hops += 1) {
      const response = await this.#fetch(at, options)
      const location = response.headers.get('location')
      if (!location) return { url: at, response }
      await response.body?.cancel()
      at = new URL(location, at)
      options = {}
      if (stop(at)) return { url: at, response }
    }
    throw new Error(`too many redirects, the last to ${at}`)
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    const cookie = this.#cookies.filter(({ host, path }) => url.host === host && url.pathname.startsWith(path))
    const headers = {
      accept: 'text/html',
      ...init.headers,
      cookie: cookie.map(({ name, value }) => `${name}=${value}`).join('; '),
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) })
    for (const line of response.headers.getSetCookie()) this.#keep(url, line)
    return response
  }

  #keep({ host }: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/'
    const known = this.#cookies.findIndex((one) => one.name === name && one.host === host && one.path === path)
    if (known >= 0) this.#cookies.splice(known, 1)
    if (value !== '') this.#cookies.push({ name, value, host, path })
  }
}
