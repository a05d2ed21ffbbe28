// Ponder does not start without an API. Nobody asks this one.
import { Hono } from 'hono'

export default new Hono()
