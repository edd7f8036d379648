'use client'
// A run under way, in words and counts. Polls the small progress row; reads the page again once it has ended.
import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { RunProgress } from '@/inventory/queries/types'
import { announce } from '@/app/_ui/announce'
import { duration } from '@/app/_ui/moment'

const FIRST_MS = 1000
const SLOWEST_MS = 10_000

export function Progress({ initial }: { initial: RunProgress }) {
  const [run, setRun] = useState(initial)
  const [lost, setLost] = useState(false)
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let wait = FIRST_MS
    const ask = async () => {
      const response = await fetch(`/api/v1/runs/${initial.id}/progress`).catch(() => undefined)
      setLost(!response?.ok)
      const next = response?.ok ? ((await response.json()) as RunProgress) : undefined
      if (next) setRun(next)
      if (next?.ended || next?.state === 'previewed') {
        announce('The run has ended')
        router.refresh()
        return
      }
      wait = Math.min(SLOWEST_MS, wait * 1.2)
      timer = setTimeout(() => void ask(), wait)
    }
    timer = setTimeout(() => void ask(), wait)
    return () => clearTimeout(timer)
  }, [initial.id, router])
  return (
    <div
      role="status"
      className="mb-4 flex items-start gap-3 rounded-lg border border-hairline bg-surface px-4 py-3"
    >
      <LoaderCircle size={18} aria-hidden className="mt-0.5 shrink-0 animate-spin text-accent" />
      <div>
        <p className="text-section font-medium">
          {run.state === 'queued'
            ? `Queued${run.queuedAhead ? ` (${run.queuedAhead} ahead)` : ''}`
            : run.phase}
        </p>
        <p className="tabular text-muted">
          {run.observations.toLocaleString('en')} observations so far
          {run.startedAt && ` · ${duration(run.startedAt)}`}
          {run.cancelRequested && ' · stopping'}
        </p>
        <p className="mt-1 text-muted">
          You can leave this page: the run goes on, and the jobs tray tells when it is done.
        </p>
        {lost && <p className="mt-1 font-medium text-danger">The server does not answer. Trying again.</p>}
      </div>
    </div>
  )
}
