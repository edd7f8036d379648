// How a sample is drawn, in words that whoever has the file of a pack can follow without us. Pure.
import type { SampleKind } from './population'

/** The file of a pack that holds the population. */
export const FILES: Readonly<Record<SampleKind, string>> = {
  identity: 'population.csv',
  credential: 'credentials.csv',
  finding: 'findings.csv',
}

export const methodWords = ({
  kind,
  size,
  skipped,
}: {
  kind: SampleKind
  size: number
  skipped: number
}): string => {
  const which = skipped
    ? `the first ${skipped} were drawn before, and the next ${size} are drawn`
    : `the first ${size} are drawn`
  return `Each row of ${FILES[kind]} is given the SHA-256, in hex, of the seed, a colon and the row's id. The rows are put in the order of these hashes, the lowest first; ${which}, without replacement.`
}
