import { createServer } from 'node:http'
import { createApp } from './app.mjs'

const { FAIRHOLD = 'http://localhost:3000', CLIENT_ID, CLIENT_SECRET, PORT = '8080' } = process.env
if (!CLIENT_ID) {
  console.error('Set CLIENT_ID, and CLIENT_SECRET if the app has one. README.md says where they come from.')
  process.exit(1)
}
const origin = `http://localhost:${PORT}`
const app = await createApp({ fairhold: FAIRHOLD, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, origin })
createServer(app).listen(Number(PORT), 'localhost', () => console.log(`Open ${origin}`))
