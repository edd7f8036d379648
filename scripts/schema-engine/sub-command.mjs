// The engine's `cli` sub-commands: is there a database, make it, drop it.
import { createDatabase, dropDatabase, toConfig, tryConnection } from './address.mjs'
import { log } from './log.mjs'

const COMMANDS = {
  'can-connect-to-database': tryConnection,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
}
const CODES = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  28000: 'P1000',
  '42P04': 'P1009',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  ETIMEDOUT: 'P1002',
}

function text(code, address) {
  const { database, url } = toConfig(address)
  if (code === 'P1003') return `Database \`${database}\` does not exist`
  if (code === 'P1001') return `Can't reach database server at \`${url.host}\``
  if (code === 'P1000') return `Authentication failed against database server at \`${url.host}\``
  return undefined
}

export async function subCommand({ command, datasource }) {
  log('INFO', `Starting schema engine CLI ${command}`) // the Prisma CLI drops the first line
  try {
    if (!Object.hasOwn(COMMANDS, command)) throw new Error(`unknown command ${command}`)
    await COMMANDS[command](datasource.url)
    process.exit(0)
  } catch (error) {
    const code = CODES[error.code] ?? 'P1001'
    log('ERROR', text(code, datasource.url) ?? error.message, { is_panic: false, error_code: code })
    process.exit(1)
  }
}
