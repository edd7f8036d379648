// Which text of a rule gave a verdict: kept with every finding, so that the same rule can be asked again.
import revisions from './revisions.json'

const REVISIONS = new Map<string, string>(Object.entries(revisions))

/** The sha256 of the rule's source. @throws for a rule that was never locked, so that no finding lacks it */
export function revisionOf(id: string): string {
  const revision = REVISIONS.get(id)
  if (revision === undefined) throw new Error(`rules/revisions.json has no revision of ${id}`)
  return revision
}
