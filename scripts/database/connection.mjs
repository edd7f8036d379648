// Connecting to a PostgreSQL server, and saying in plain words why that failed.
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../setup/failure.mjs'

const OLDEST = 15

/** A connected client. pg comes from node_modules, which may not exist when this file is loaded. */
export async function connect(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

export async function withClient(url, job) {
  const client = await connect(url)
  try {
    return await job(client)
  } finally {
    await client.end().catch(() => {})
  }
}

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`
export const onDatabase = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href

function parsed(url, variable) {
  const form = 'postgresql://user:password@host:5432/database'
  const wrong = new Failure(
    `${variable} is not the address of a PostgreSQL database.`,
    `It must look like ${form}`,
  )
  if (!URL.canParse(url)) throw wrong
  const { protocol, host, hostname, username, pathname } = new URL(url)
  if (!/^postgres(ql)?:$/.test(protocol) || pathname.length < 2) throw wrong
  return {
    host: host || hostname || 'localhost',
    variable,
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

/** Failures by what the person has to do. */
function whyNot(error, { variable, host, user, database }) {
  const code = error.code ?? error.errors?.[0]?.code
  if (code === '3D000')
    return new Failure(
      `${variable}: the server at ${host} has no database "${database}".`,
      `Create it, for example with: createdb -h HOST -U ${user || 'USER'} ${database}`,
    )
  if (code === '28P01' || code === '28000' || /password|SASL|SCRAM/i.test(error.message))
    return new Failure(
      `${variable}: the server at ${host} refused user "${user}": ${error.message}`,
      `Check user and password in ${variable} (special characters must be percent-encoded) and pg_hba.conf.`,
    )
  if (/SSL|TLS|certificate/i.test(error.message))
    return new Failure(
      `${variable}: no secure connection to ${host}: ${error.message}`,
      'Check its sslmode parameter.',
    )
  return new Failure(
    `${variable}: the server at ${host} does not answer: ${error.message || code}`,
    'Check that it runs and that this machine may reach it. Without DATABASE_URL, Rollcall starts its own database.',
  )
}

/** Checks the server that a variable of the environment names. One that is just starting up is waited for. */
export async function checkExternal(url, variable = 'DATABASE_URL') {
  const place = parsed(url, variable)
  for (const until = Date.now() + 30_000; ; await sleep(500)) {
    try {
      return await withClient(url, requireVersion)
    } catch (error) {
      if (error instanceof Failure) throw error
      if (error.code !== '57P03' || Date.now() > until) throw whyNot(error, place)
    }
  }
}

async function requireVersion(client) {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number")
  const major = Math.floor(rows[0].number / 10_000)
  if (major < OLDEST)
    throw new Failure(
      `DATABASE_URL: that server is PostgreSQL ${major}; Rollcall needs ${OLDEST} or newer.`,
      'Upgrade it, or leave DATABASE_URL unset to use the embedded database.',
    )
}
