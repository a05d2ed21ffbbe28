#!/usr/bin/env node
// Prisma's tools want the path of a schema engine before they generate a client, and then do not call it. Migrations here
// are plain SQL (see db/src/migrate.ts), so there is no engine to call; whoever does is told so.
console.error('Fairhold has no Prisma schema engine: write SQL in db/migrations instead of using prisma migrate.')
process.exit(1)
