// What goes wrong with the database itself, told for people: it is never the fault of the source that was being read.

/** SQLSTATE or words of an error → what it means. The first that fits. */
const TROUBLES: readonly { fits: RegExp; means: string }[] = [
  {
    fits: /\b53100\b|could not (?:extend|write)|No space left|File too large/i,
    means:
      'The database could not store what was read: its disk is full. Nothing of it was changed. Make room, then sync again.',
  },
  {
    fits: /\b(?:57P0[1-3]|08\d{3}|P1001|P1017)\b|ECONN(?:REFUSED|RESET)|Connection terminated|server closed the connection/i,
    means: 'The connection to the database was lost. What was being written was taken back.',
  },
]

/** Undefined where it is none of these. */
export function databaseTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  const said = `${code} ${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`
  return TROUBLES.find(({ fits }) => fits.test(said))?.means
}
