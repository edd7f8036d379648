// How a pack was come by and how it can be done again, sentence by sentence.
import type { PackAt } from '../part'

const REDACTED: Readonly<Record<string, string>> = {
  people:
    'Names of people are replaced by a word that stays the same within this pack; what their own accounts are called is too, and an account of a machine that is called the same. Words that people wrote are left out.',
}

export const redactedWords = ({ asked }: PackAt): string[] => asked.redact.map((one) => REDACTED[one] ?? one)

export function methodOf({ asked }: PackAt, version: string, beyond: readonly string[]): string[] {
  const { moment, from } = asked
  const { valid, known } = moment
  return [
    `Rollcall ${version} read the sources by their own APIs or from files they made, with read access alone; no value of a secret is ever asked for.`,
    `Everything speaks of what was true at ${valid}, as far as it was known at ${known}.`,
    ...(from === undefined
      ? []
      : [
          `Changes, decisions and activity are told from ${from}; what was decided or done after ${known} is not in it.`,
        ]),
    'A rule answers pass, fail or unknown. It is unknown wherever a fact that it rests on was not seen; unknown and not asked are never counted as a pass.',
    'Passes are counted as what a rule speaks about and was asked about, less what fails and what is unknown; the verdicts that fail or are unknown are listed one by one in findings.csv.',
    'How many there are in all no source tells by its API; what was read is laid beside what is held in reconciliation.csv, and a difference that nothing explains is a gap.',
    'Counts of a control are of this population alone, and verdicts: what two rules of a control judge counts once for each.',
    'Cells that a spreadsheet would take for a formula begin with an apostrophe. All times are UTC.',
    ...(beyond.length
      ? [`What these sources do not tell at all, or were set not to be asked: ${beyond.join('; ')}.`]
      : []),
    'No tool sees policies, people or decisions outside of it: this is evidence toward controls, and no statement that one is met.',
  ]
}
