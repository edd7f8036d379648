// The filter of a list as options of a command: the names are those of the URL.
import type { Command } from 'commander'
import type { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { parseFilter } from '@/inventory/queries/parse-filter'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 1000
/** Said otherwise at the command line. */
const REPLACED = ['size']

export const withFilter = (schema: z.ZodObject) => (command: Command) => {
  const names = Object.keys(schema.shape).filter((name) => !REPLACED.includes(name))
  for (const name of names) command.option(`--${name} <value>`, `as ${name}= in the address of the page`)
  return command
    .option('--limit <rows>', `at most so many rows (1 to ${LIMIT_MAX})`, String(LIMIT_DEFAULT))
    .option('--all', 'every row; with --json one row a line')
}

/** @throws RollcallError `invalid` */
export function filterOf<S extends z.ZodObject>(
  schema: S,
  options: Readonly<Record<string, unknown>>,
): { filter: Omit<z.output<S>, 'size'>; limit: number } {
  const params = new URLSearchParams()
  for (const name of Object.keys(schema.shape)) {
    const value = options[name]
    if (typeof value === 'string' && !REPLACED.includes(name)) params.set(name, value)
  }
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX)
    throw new RollcallError(
      'invalid',
      `--limit must be a whole number from 1 to ${LIMIT_MAX}; for more, use --all.`,
    )
  return { filter: parseFilter(schema, params), limit }
}
