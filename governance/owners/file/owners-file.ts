// The OWNERS file: who answers for what, kept with code. Its form, and what of it is wrong, by line. Pure.
import { z } from 'zod'
import { issueWords, policyIssues } from '../../policy/issue-words'
import { readYaml, TOLD_MAX, type YamlIssue } from '../../yaml/read-yaml'
import { PARTS, type Part } from '../parts'

export const FILE_BYTES_MAX = 1024 * 1024
export const ENTRIES_MAX = 500
const LABELS_MAX = 20

const Pattern = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must not hold control characters')
const Word = z.string().trim().min(1).max(300)

const Entry = z
  .strictObject({
    match: z
      .strictObject({
        /** Of an identity: its name or its id at the source. `*` is any text, `?` one letter, in small letters or large. */
        name: Pattern.optional(),
        type: Pattern.optional(),
        /** The name of a scope, or its id at the source. */
        scope: Pattern.optional(),
        /** All of them have to be so. */
        label: z
          .record(z.string().min(1).max(300), Pattern)
          .refine(
            (labels) => Object.keys(labels).length <= LABELS_MAX,
            `must hold at most ${LABELS_MAX} labels`,
          )
          .optional(),
      })
      .refine((match) => Object.values(match).some((one) => one !== undefined), {
        message: 'must say name, type, scope or label; for all of them write name: "*"',
      }),
    person: Word.optional(),
    team: Word.optional(),
    backup: Word.optional(),
    contact: Word.optional(),
  })
  .refine((entry) => PARTS.some((part) => entry[part] !== undefined), {
    message: 'says of nobody that they answer: add person, team, backup or contact',
  })
export const OwnersFile = z.strictObject({
  /** Of the form. */
  version: z.literal(1),
  owners: z.array(Entry).max(ENTRIES_MAX),
})

export type Entry = {
  /** Where it stands in the file. */
  line: number
  match: z.infer<typeof Entry>['match']
  /** Who answers, as it is written. */
  words: Partial<Record<Part, string>>
}
export type CheckedFile = {
  entries: Entry[]
  issues: YamlIssue[]
  /** Where a word of an entry stands. */
  placed: (entry: number, part: Part, message: string) => YamlIssue
}

const refused = (message: string): CheckedFile => {
  const issue = { line: 1, column: 1, path: '', message }
  return { entries: [], issues: [issue], placed: () => issue }
}

/** @param text of any content, from anywhere */
export function readOwnersFile(text: string): CheckedFile {
  if (Buffer.byteLength(text) > FILE_BYTES_MAX)
    return refused('It is larger than 1 MB. Say more with patterns.')
  if (text.includes('\u0000')) return refused('It holds a NUL character.')
  const read = readYaml(text)
  if (read.issues) return { ...refused(''), issues: read.issues }
  const { raw, placed } = read
  if (raw === null) return refused('It is empty. Begin with `version: 1` and `owners:`.')
  const parsed = OwnersFile.safeParse(raw, { error: issueWords })
  if (!parsed.success) {
    const issues = policyIssues(OwnersFile, parsed.error).slice(0, TOLD_MAX).map(placed)
    return { ...refused(''), issues }
  }
  const entries = parsed.data.owners.map(({ match, ...words }, index) => ({
    line: placed({ at: ['owners', index], message: '' }).line,
    match,
    words,
  }))
  return {
    entries,
    issues: [],
    placed: (entry, part, message) => placed({ at: ['owners', entry, part], message }),
  }
}
