'use client'
// The jobs tray, always of the present. Polls the progress of what is under way, at 2 s slowing to 10 s, and never the page itself.
import { LoaderCircle, ListChecks, X } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { announce } from '@/app/_ui/announce'
import { RunStateWord } from '@/app/_inventory/run-state'
import { askedAgain, type Job } from './job'

const FIRST_MS = 2000
const SLOWEST_MS = 10_000
const DISMISSED = 'rollcall-dismissed-runs'

const dismissedNow = (): string[] => JSON.parse(localStorage.getItem(DISMISSED) ?? '[]') as string[]

function useJobs(initial: Job[]) {
  const [jobs, setJobs] = useState(initial)
  const router = useRouter()
  const busy = jobs.some((job) => !job.ended)
  useEffect(() => {
    if (!busy) return
    let timer: ReturnType<typeof setTimeout>
    let wait = FIRST_MS
    let current = initial
    const ask = async () => {
      const next = await Promise.all(
        current.map((job) => (job.ended ? job : askedAgain(job).catch(() => job))),
      )
      const finished = next.filter((job, i) => job.ended && !current[i]?.ended)
      current = next
      setJobs(next)
      if (finished.length) {
        announce(finished.map((job) => `${job.title}: ${job.state}`).join('. '))
        router.refresh()
      }
      wait = Math.min(SLOWEST_MS, wait * 1.3)
      if (next.some((job) => !job.ended)) timer = setTimeout(() => void ask(), wait)
    }
    timer = setTimeout(() => void ask(), wait)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the list is keyed by its runs, so `initial` never changes
  }, [busy])
  return jobs
}

function JobItem({ job, dismiss }: { job: Job; dismiss: (id: string) => void }) {
  return (
    <li className="flex items-start gap-2 rounded-md px-2.5 py-2 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center justify-between gap-x-2">
          <Link href={job.href} toNow className="row-link truncate">
            {job.title}
          </Link>
          <RunStateWord state={job.state} />
        </div>
        <p className="text-caption text-muted [overflow-wrap:anywhere]">{job.phase}</p>
      </div>
      {job.ended && (
        <button
          type="button"
          onClick={() => dismiss(job.id)}
          aria-label={`Dismiss ${job.title}`}
          className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-sunken hover:text-ink"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </li>
  )
}

export function JobsList({ initial }: { initial: Job[] }) {
  const jobs = useJobs(initial)
  const [dismissed, setDismissed] = useState<string[]>([])
  // What was dismissed is known to the browser only.
  // eslint-disable-next-line react-hooks/set-state-in-effect -- read once after hydration
  useEffect(() => setDismissed(dismissedNow()), [])
  const dismiss = (id: string) => {
    const ids = [...dismissedNow(), id].slice(-50)
    localStorage.setItem(DISMISSED, JSON.stringify(ids))
    setDismissed(ids)
  }
  const shown = jobs.filter((job) => !job.ended || !dismissed.includes(job.id))
  const busy = jobs.filter((job) => !job.ended).length
  const Icon = busy ? LoaderCircle : ListChecks
  return (
    <>
      <button
        type="button"
        popoverTarget="jobs"
        aria-label={busy ? `Jobs: ${busy} running` : 'Jobs: none running'}
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 hover:bg-hover pointer-coarse:h-11"
      >
        <Icon size={16} aria-hidden className={busy ? 'animate-spin text-accent' : ''} />
        {busy > 0 && <span className="tabular text-caption font-medium">{busy}</span>}
      </button>
      <div
        id="jobs"
        popover="auto"
        className="fixed inset-auto top-[calc(var(--bar)-2px)] right-3 z-50 m-0 w-80 max-w-[calc(100vw-24px)] rounded-lg border border-hairline bg-raised p-1.5 text-ink shadow-overlay"
      >
        <h2 className="px-2.5 py-1.5 font-semibold">Jobs</h2>
        {shown.length === 0 && (
          <p className="px-2.5 pb-2 text-muted">Nothing is running and nothing has just ended.</p>
        )}
        <ul>
          {shown.map((job) => (
            <JobItem key={job.id} job={job} dismiss={dismiss} />
          ))}
        </ul>
      </div>
    </>
  )
}
