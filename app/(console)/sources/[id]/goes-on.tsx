// What of a source was throttled, and when it is looked at again.
import { Link } from '@/app/_ui/link'
import { goesOnWords } from '@/core/resume-words'
import type { SourceRow } from '@/inventory/queries/types'

export function GoesOn({ source }: { source: SourceRow }) {
  const { goesOn } = source
  if (!goesOn?.resumes) return null
  return (
    <p className="text-muted">
      {goesOnWords(goesOn.resumes)}{' '}
      <Link href={`/sources/${source.id}/runs/${goesOn.id}`} className="link">
        The run that waits for it
      </Link>
    </p>
  )
}
