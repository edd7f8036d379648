// Which scopes a list is about: asked once, for its rows, its total, its facets and what it rests on.
import { hiddenSamples } from './counted-scopes'
import { scopeIds } from './scope-ids'

export type AskedScopes = {
  /** The scopes the filter names; undefined where it names none. */
  chosen?: string[]
  /** Scopes of the sample organisation that are left out. */
  hidden: string[]
}

/** One question at most: a filter names scopes, or what is left out is looked for. */
export async function askedScopes(words: readonly string[] | undefined): Promise<AskedScopes> {
  const chosen = await scopeIds(words)
  return chosen ? { chosen, hidden: [] } : { hidden: await hiddenSamples(words) }
}
