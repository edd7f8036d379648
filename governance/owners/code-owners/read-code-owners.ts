// A CODEOWNERS file: who owns which part of a repository. Two dialects, which agree in all but sections. Pure.
// Sources: the vendors' pages "About code owners" and "Code Owners syntax and error handling".
import ignore from 'ignore'

export const FILE_BYTES_MAX = 1_000_000
export const RULES_MAX = 20_000

export type CodeRule = { line: number; pattern: string; owners: string[]; section?: string }
export type CodeOwnersFile = {
  rules: CodeRule[]
  /** Lines that are neither a rule nor a comment: what they would say is not known. */
  notRead: { line: number; why: string }[]
}

/** `[Section]`, `^[Optional][2] @default`: what follows has these owners unless it names its own. */
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)$/
const OWNER = /^(?:@[\w.-]+(?:\/[\w.-]+)*|[^\s@]+@[^\s@]+\.[^\s@]+)$/

/** By spaces that no backslash stands before; what follows a `#` that begins a word is a comment. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? []
  const comment = words.findIndex((word, at) => at > 0 && word.startsWith('#'))
  return comment < 0 ? words : words.slice(0, comment)
}

function whyNot(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return 'a pattern that takes back (!) means nothing here'
  if (pattern.includes('[')) return 'a range of letters ([ ]) means nothing here'
  return undefined
}

export function readCodeOwners(text: string): CodeOwnersFile {
  const rules: CodeRule[] = []
  const notRead: CodeOwnersFile['notRead'] = []
  let section: { name: string; owners: string[] } | undefined
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (!line || line.startsWith('#')) continue
    const opened = SECTION.exec(line)
    if (opened) {
      section = {
        name: opened[1]!.trim().toLowerCase(),
        owners: wordsOf(opened[2]!).filter((w) => OWNER.test(w)),
      }
      continue
    }
    const [pattern = '', ...named] = wordsOf(line)
    const wrong = named.find((word) => !OWNER.test(word))
    const why =
      whyNot(pattern) ??
      (wrong && `“${wrong.slice(0, 60)}” is neither @name, @organisation/team nor an address`)
    if (why) notRead.push({ line: at + 1, why })
    if (whyNot(pattern) !== undefined) continue
    // A rule without owners says that nobody owns it, and of one whose owners cannot be read nobody is named: both count, so
    // that no earlier rule speaks in their place.
    const owners = wrong ? [] : named.length ? named : (section?.owners ?? [])
    rules.push({ line: at + 1, pattern, owners, ...(section && { section: section.name }) })
  }
  return { rules, notRead }
}

const partsOf = (path: string) => path.split('/').filter(Boolean).length
/** As files that are ignored are named, but that `folder/*` is what is in the folder itself and nothing deeper. */
function fits(pattern: string, path: string): boolean {
  if (/^[^*]*\/\*$/.test(pattern) && partsOf(pattern) !== partsOf(path)) return false
  return ignore().add(pattern).ignores(path)
}

/** The last rule that fits counts, in each section. Rules without owners are left out: nobody is named. */
export function ownersOfPath({ rules }: Pick<CodeOwnersFile, 'rules'>, path: string): CodeRule[] {
  const last = new Map<string, CodeRule>()
  for (const rule of rules) if (fits(rule.pattern, path)) last.set(rule.section ?? '', rule)
  return [...last.values()].filter(({ owners }) => owners.length > 0)
}

export type CodeOwner = { role: 'person' | 'team' | 'unclear'; name: string }
/** Of an organisation's team the directory knows the last word; who is behind an account of a person it may not know. */
export function whoIs(owner: string): CodeOwner {
  if (!owner.startsWith('@')) return { role: 'person', name: owner }
  const parts = owner.slice(1).split('/')
  return parts.length > 1
    ? { role: 'team', name: parts.at(-1) ?? owner }
    : { role: 'unclear', name: owner.slice(1) }
}
