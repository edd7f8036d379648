// Which rule decides about a path: an exact one first, then by the server's order of patterns.
import { openParts, type Rule } from './rules'

/** Where a match stands among others: by the stage of the search first, then by its pattern. */
export type Rank = {
  stage: number
  /** Bytes before the first star or plus. */
  first: number
  prefix: boolean
  pluses: number
  text: string
}
/** One step of the server's search: this path among exact rules, or among the others. */
export type Stage = { exact: boolean; path: string }
export type Server = 'openbao' | 'vault'

/**
 * The steps in which a server looks for the rule about a path. Listing also looks without the slash at the end: OpenBao
 * after the path itself, Vault before it.
 */
export function stagesOf(path: string, lists: boolean, server: Server): Stage[] {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path
  if (!lists || bare === path)
    return [
      { exact: true, path },
      { exact: false, path },
    ]
  const wild = [path, bare].map((one) => ({ exact: false, path: one }))
  if (server === 'vault') wild.reverse()
  return [{ exact: true, path }, { exact: true, path: bare }, ...wild]
}

/** Above zero where `a` goes before `b`, zero where they are one pattern found at one stage. */
export function before(a: Rank, b: Rank): number {
  if (a.stage !== b.stage) return b.stage - a.stage
  if (a.first !== b.first) return a.first - b.first
  if (a.prefix !== b.prefix) return a.prefix ? -1 : 1
  if (a.pluses !== b.pluses) return b.pluses - a.pluses
  if (a.text.length !== b.text.length) return a.text.length - b.text.length
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}

/** Where the rule stands for a path, or undefined where it does not match it. */
export function rankOf(rule: Pick<Rule, 'kind' | 'pattern'>, stages: readonly Stage[]): Rank | undefined {
  for (const [stage, { exact, path }] of stages.entries()) {
    if (exact !== (rule.kind === 'exact')) continue
    const found = rankAt(rule, path)
    if (found) return { stage, ...found }
  }
  return undefined
}

export function rankAt(
  { kind, pattern }: Pick<Rule, 'kind' | 'pattern'>,
  path: string,
): Omit<Rank, 'stage'> | undefined {
  if (kind === 'exact')
    return path === pattern ? { first: path.length, prefix: false, pluses: 0, text: pattern } : undefined
  if (kind === 'prefix')
    return path.startsWith(pattern)
      ? { first: pattern.length, prefix: true, pluses: 0, text: pattern }
      : undefined
  const prefix = pattern.endsWith('*')
  const text = prefix ? pattern.slice(0, -1) : pattern
  const wanted = text.split('/')
  const parts = path.split('/')
  if (prefix ? parts.length < wanted.length : parts.length !== wanted.length) return undefined
  const fits = wanted.every((part, at) => {
    const given = parts[at] ?? ''
    return part === '+' || part === given || (prefix && at === wanted.length - 1 && given.startsWith(part))
  })
  const pluses = wanted.filter((part) => part === '+').length
  return fits ? { first: pattern.indexOf('+'), prefix, pluses, text } : undefined
}

/** Whether a rule with a template can be about one of the paths, whatever the template stands for. */
export function mayMatch({ path, kind }: Rule, stages: readonly Stage[]): boolean {
  const parts = openParts(path.startsWith('/') ? path.slice(1) : path)
  const [head = ''] = parts
  const sure = head.includes('+') ? head.slice(0, head.indexOf('+')) : head
  const tail = kind === 'exact' ? (parts.at(-1) ?? '') : ''
  const ends = tail.includes('+') ? '' : tail
  return stages.some(
    (stage) => stage.path.startsWith(sure) && (stage.path.endsWith(ends) || stage.path.endsWith(`${ends}/`)),
  )
}
