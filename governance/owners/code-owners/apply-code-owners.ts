// Brings the CODEOWNERS file of a repository, or takes it away. It suggests owners and confirms nobody.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command, invalid } from '../../command'
import { FILE_BYTES_MAX, readCodeOwners, RULES_MAX } from './read-code-owners'

const REPOSITORIES_MAX = 5000
export const Repository = z
  .string()
  .trim()
  .toLowerCase()
  .max(300)
  .regex(/^[\w.-]+(?:\/[\w.-]+)+$/, 'is written as its owner and its name: acme/app')
export const CodeOwnersInput = z.strictObject({
  repository: Repository,
  text: z.string().max(FILE_BYTES_MAX, 'is larger than 1 MB'),
  /** Which commit, branch or tag it is from. */
  ref: z
    .string()
    .trim()
    .min(1, 'Say which commit, branch or tag it is from')
    .max(200)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must not hold control characters'),
})

export const applyCodeOwners = command({
  name: 'owner.apply-code-owners',
  permission: 'owner:assign',
  input: CodeOwnersInput,
  async run({ actor, input: { repository, text, ref }, tx, now }) {
    const { rules, notRead } = readCodeOwners(text)
    const [first] = notRead
    // A file that names nobody is one of something else: nothing of it is kept.
    if (!rules.some(({ owners }) => owners.length > 0))
      throw invalid([
        {
          path: first ? `line ${first.line}` : 'text',
          message: first ? first.why : 'It names no owner: a line is a pattern and who owns what fits it.',
        },
      ])
    // The last rule that fits counts: a part of the file would name others.
    if (rules.length > RULES_MAX)
      throw invalid([{ path: 'text', message: `has more than ${RULES_MAX.toLocaleString('en')} rules` }])
    const hash = createHash('sha256').update(text).digest('hex')
    const row = { text, hash, ref, author: actor.name, at: now, rules: rules.length, notRead: notRead.length }
    const held = await tx.codeOwners.findUnique({ where: { repository }, select: { hash: true } })
    if (!held && (await tx.codeOwners.count()) >= REPOSITORIES_MAX)
      throw new RollcallError(
        'conflict',
        `Files of ${REPOSITORIES_MAX} repositories are held. Take some away first.`,
      )
    await tx.codeOwners.upsert({ where: { repository }, create: { repository, ...row }, update: row })
    return {
      repository,
      hash,
      isNew: held?.hash !== hash,
      rules: rules.length,
      notRead: notRead.slice(0, 50),
    }
  },
  activity: ({ ref }, { repository, hash, rules, notRead }) => ({
    object: `code-owners:${repository}`,
    detail: { ref, hash, rules, notRead: notRead.length },
  }),
})

export const removeCodeOwners = command({
  name: 'owner.remove-code-owners',
  permission: 'owner:assign',
  input: z.strictObject({ repository: Repository }),
  async run({ input: { repository }, tx }) {
    const { count } = await tx.codeOwners.deleteMany({ where: { repository } })
    if (!count) throw new RollcallError('not-found', `No file of ${repository} is held.`)
    return { repository }
  },
  activity: (_, { repository }) => ({ object: `code-owners:${repository}`, detail: {} }),
})
