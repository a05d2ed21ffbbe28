import { buildApp } from '../../src/app.ts'
import { createContext } from '../../src/context.ts'
import { readEnv } from '../../src/env.ts'

/** An api process of its own on a database that others use too: `node limits-process.ts`, with the api's environment. Prints its port. */
const context = createContext(readEnv(process.env))
const app = await buildApp(context)
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(new URL(url).port)
