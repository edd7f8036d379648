// Whom of the directory the words of an OWNERS file mean. Every word that means nobody is told by line, with what to do.
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { TOLD_MAX, type YamlIssue } from '../../yaml/read-yaml'
import { PARTS, type Part } from '../parts'
import type { Who } from '../who'
import type { CheckedFile } from './owners-file'

export type Declared = { line: number; who: Partial<Record<Part, Who>> }
type Person = Who & { email: string | null }

async function knownTo(tx: Pick<Tx, '$queryRaw'>, words: { people: string[]; teams: string[] }) {
  const people = words.people.map((word) => word.toLowerCase())
  const found = await tx.$queryRaw<Person[]>`
    SELECT id, coalesce(email, name) AS name, email, standing FROM person
    WHERE email = ANY(${people}::text[]) OR id = ANY(${people.filter(isUuid)}::uuid[])`
  const teams = await tx.$queryRaw<Who[]>`
    SELECT id, name FROM team WHERE lower(name) = ANY(${words.teams.map((word) => word.toLowerCase())}::text[])`
  const byWord = new Map(
    found.flatMap((one) => [one.email, one.id].flatMap((key) => (key ? [[key, one]] : []))) as [
      string,
      Person,
    ][],
  )
  const byName = new Map(teams.map((one) => [one.name.toLowerCase(), one]))
  return (part: Part, word: string): Who | undefined =>
    part === 'team' ? byName.get(word.toLowerCase()) : byWord.get(word.toLowerCase())
}

function wrongWith(part: Part, word: string, found: Who | undefined): string | undefined {
  if (found?.standing === 'left') return `${found.name} has left, as the directory says. Name somebody else.`
  if (found) return undefined
  return part === 'team'
    ? `There is no team ${word} in the directory. Mend the name, or have a file or your identity provider tell of it.`
    : `Nobody in the directory has the address ${word}. Mend it, or have a file or your identity provider tell of them.`
}

export async function declaredWho(
  tx: Pick<Tx, '$queryRaw'>,
  { entries, placed }: CheckedFile,
): Promise<{ declared: Declared[]; issues: YamlIssue[] }> {
  const said = entries.flatMap(({ words }) =>
    PARTS.flatMap((part) => (words[part] === undefined ? [] : [{ part, word: words[part] }])),
  )
  const of = (isTeam: boolean) => [
    ...new Set(said.filter(({ part }) => (part === 'team') === isTeam).map(({ word }) => word)),
  ]
  const known = await knownTo(tx, { people: of(false), teams: of(true) })
  const issues: YamlIssue[] = []
  const declared = entries.map(({ line, words }, index): Declared => {
    const who: Declared['who'] = {}
    for (const part of PARTS) {
      const word = words[part]
      if (word === undefined) continue
      const found = known(part, word)
      const wrong = wrongWith(part, word, found)
      if (wrong !== undefined) issues.push(placed(index, part, wrong))
      else if (found) who[part] = found
    }
    if (who.person && who.backup?.id === who.person.id)
      issues.push(placed(index, 'backup', 'is the accountable person: nobody stands in for themselves.'))
    return { line, who }
  })
  return { declared, issues: issues.slice(0, TOLD_MAX) }
}
