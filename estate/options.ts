// What a person may ask of the command, with an answer in words for everything that it cannot do.
import { parseArgs } from 'node:util'
import { RollcallError } from '@/core/errors'

export const USAGE = `npm run -s estate -- --identities <number> [options]

  --identities <number>  identities on day 0 (1 to 20000000)
  --seed <number>        which estate of that size (default 7)
  --days <number>        days to look at, one run each (default 1)
  --start-day <number>   the first of them; day 0 is 2026-01-01 (default 0)
  --changed <share>      have this share of rows (0 to 1) say something else (default 0)
  --name <name>          name of the source (default: from size and seed)
  --print                write JSON lines to standard output; no database is used
  --help                 this text
`

export type Options = {
  identities: number
  seed: number
  days: number
  startDay: number
  changed: number
  name: string
  print: boolean
}

const NUMBERS = {
  identities: { least: 1, most: 20_000_000 },
  seed: { least: 0, most: 0xffff_ffff, unless: 7 },
  days: { least: 1, most: 3650, unless: 1 },
  'start-day': { least: 0, most: 3650, unless: 0 },
} as const
type NumberName = keyof typeof NUMBERS
type Said = Partial<Record<string, string | boolean>>

/** Undefined when only help is wanted. @throws RollcallError `invalid` */
export function parseOptions(args: readonly string[]): Options | undefined {
  const said = saidIn(args)
  if (said.help) return undefined
  const identities = wholeNumber(said, 'identities')
  const seed = wholeNumber(said, 'seed')
  return {
    identities,
    seed,
    days: wholeNumber(said, 'days'),
    startDay: wholeNumber(said, 'start-day'),
    changed: shareOf(said),
    name: textOf(said.name) ?? `Generated estate · ${identities} identities · seed ${seed}`,
    print: said.print === true,
  }
}

function saidIn(args: readonly string[]): Said {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, text]))
  const options = { ...numbers, changed: text, name: text, print: flag, help: flag }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : '').split('\n')
    throw wrong(`${(reason ?? '').replace(/\.?$/, '.')}`)
  }
}

const wrong = (what: string) => new RollcallError('invalid', `${what} Say --help for what there is.`)
const textOf = (said: string | boolean | undefined) =>
  typeof said === 'string' && said.trim() ? said.trim() : undefined

function wholeNumber(said: Said, name: NumberName): number {
  const allowed: { least: number; most: number; unless?: number } = NUMBERS[name]
  const text = textOf(said[name])
  if (text === undefined) {
    if (allowed.unless !== undefined && said[name] === undefined) return allowed.unless
    throw wrong(`--${name} is missing: say how many, as in --${name} 10000.`)
  }
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= allowed.least && number <= allowed.most) return number
  throw wrong(`--${name} must be a whole number from ${allowed.least} to ${allowed.most}, not ${text}.`)
}

function shareOf(said: Said): number {
  const text = textOf(said.changed)
  if (text === undefined) return 0
  const number = Number(text)
  if (number >= 0 && number <= 1) return number
  throw wrong(`--changed must be a share from 0 to 1, such as 0.01, not ${text}.`)
}
