// `npm run prisma -- <arguments>`: the Prisma CLI on this installation's database, with the WebAssembly schema engine.
import { openDatabase } from '../database/server.mjs'
import { runMain } from '../setup/failure.mjs'
import { ensurePackages } from '../setup/packages.mjs'
import { makeDataFolder } from '../setup/paths.mjs'
import { sayOnStandardError } from '../setup/say.mjs'
import { nodeTool } from '../setup/tool.mjs'

async function main(args) {
  sayOnStandardError()
  makeDataFolder()
  await ensurePackages()
  const database = await openDatabase()
  try {
    return (
      await nodeTool('prisma/build/index.js', args, { env: { DATABASE_URL: database.ownerUrl }, show: true })
    ).code
  } finally {
    await database.close()
  }
}

export const run = () => runMain(main)
