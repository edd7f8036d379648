// What a run looks at again that was throttled, of which run, and when.
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { goesOnWords, resumesWords, type Resumes } from '@/core/resume-words'

export function Resumed({
  sourceId,
  resumes,
  waits,
}: {
  sourceId: string
  resumes: Resumes
  waits: boolean
}) {
  return (
    <>
      <p className="mb-4 text-muted">
        {resumesWords(resumes)}{' '}
        <Link href={`/sources/${sourceId}/runs/${resumes.runId}`} className="link">
          That run
        </Link>
      </p>
      {waits && (
        <Notice title={goesOnWords(resumes)}>
          A sync that begins before then takes its place; pausing the source drops it.
        </Notice>
      )}
    </>
  )
}
