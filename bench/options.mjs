// What a person may ask of `npm run bench`.
import { parseArgs } from 'node:util'
import { Failure } from '../scripts/setup/failure.mjs'

export const PARTS = ['sync', 'queries', 'memory', 'watch', 'access', 'packs']

export const USAGE = `npm run -s bench -- [options]

  --identities <number>  identities of the generated estate (default 1000000)
  --seed <number>        which estate of that size (default 7)
  --only <parts>         some of sync,queries,memory,watch,access,packs (default: all, in this order)
  --database <url>       an empty database, or one that an earlier run kept; without it, a server of its own
  --keep                 keep the database, to go on with other parts
  --write                write docs/benchmarks.md; without it, the report is printed
  --help                 this text
`

const text = { type: 'string' }
const flag = { type: 'boolean' }
const OPTIONS = {
  identities: text,
  seed: text,
  only: text,
  database: text,
  keep: flag,
  write: flag,
  help: flag,
}

const wrong = (what) => new Failure(what, 'Say --help for what there is.')

function wholeNumber(name, said, unless, least) {
  if (said === undefined) return unless
  if (/^\d{1,8}$/.test(said) && Number(said) >= least) return Number(said)
  throw wrong(`--${name} must be a whole number from ${least}, not ${said}.`)
}

function partsIn(said) {
  const parts = said.split(',').filter(Boolean)
  const foreign = parts.find((part) => !PARTS.includes(part))
  if (foreign || !parts.length) throw wrong(`--only takes ${PARTS.join(', ')}, not "${foreign ?? ''}".`)
  return PARTS.filter((part) => parts.includes(part))
}

/** Undefined when only help is wanted. */
export function parseOptions(args) {
  let said
  try {
    said = parseArgs({ args, options: OPTIONS }).values
  } catch (error) {
    throw wrong(error.message.split('\n')[0])
  }
  if (said.help) return undefined
  if (said.database === '') throw wrong('--database needs the address of a database.')
  return {
    identities: wholeNumber('identities', said.identities, 1_000_000, 1000),
    seed: wholeNumber('seed', said.seed, 7, 0),
    only: partsIn(said.only ?? PARTS.join(',')),
    database: said.database,
    keep: said.keep === true,
    write: said.write === true,
  }
}
