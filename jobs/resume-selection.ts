// What a run looks at that goes on after throttling: the streams that were throttled, and scopes that no list got to.
import type { Selection } from '@/core/collect'
import { resumesOf } from '@/core/resume-words'
import { scopesLookedAt, throttledLooks } from '@/inventory/throttled-looks'
import { db } from '@/prisma/client'

/** Undefined: the whole source is read. Each stream stands by itself; what several begin with, each of them asks for. */
export async function resumeSelection(run: {
  id: string
  connectionId: string
  report: unknown
}): Promise<Selection | undefined> {
  const resumes = resumesOf(run.report)
  if (!resumes) return undefined
  const { id, connectionId } = run
  const owed = new Map<string, Set<string>>()
  for (const { scope, stream } of await throttledLooks(db, connectionId, id))
    owed.set(scope, (owed.get(scope) ?? new Set()).add(stream))
  const { since } = resumes
  const met = resumes.scopes
    ? new Set(await scopesLookedAt(db, { connectionId, since, except: id }))
    : undefined
  const wanted = (scope: string, stream: string) =>
    owed.get(scope)?.has(stream) === true || (met !== undefined && !met.has(scope))
  return {
    choose: ({ nativeId }, stream) => (wanted(nativeId, stream) ? { passed: [], gaps: [] } : undefined),
    begin: () => {},
  }
}
