'use client'
// A population being frozen, in counts. Polls the small answer; reads the page again once it has ended.
import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Preparation } from '@/governance/campaigns/preparation'
import { announce } from '@/app/_ui/announce'

const FIRST_MS = 1000
const SLOWEST_MS = 10_000

type Props = Pick<Preparation, 'id' | 'prepared'>

export function Preparing({ id, prepared: before }: Props) {
  const [prepared, setPrepared] = useState(before)
  const [lost, setLost] = useState(false)
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let wait = FIRST_MS
    const ask = async () => {
      const response = await fetch(`/api/v1/campaigns/${id}/preparation`).catch(() => undefined)
      setLost(!response?.ok)
      const next = response?.ok ? ((await response.json()) as Preparation) : undefined
      if (next) setPrepared(next.prepared)
      if (next && next.state !== 'preparing') {
        announce(next.failure ? 'It could not be prepared' : 'The population is frozen')
        router.refresh()
        return
      }
      wait = Math.min(SLOWEST_MS, wait * 1.2)
      timer = setTimeout(() => void ask(), wait)
    }
    timer = setTimeout(() => void ask(), wait)
    return () => clearTimeout(timer)
  }, [id, router])
  return (
    <div
      role="status"
      className="flex items-start gap-3 rounded-lg border border-hairline bg-surface px-4 py-3"
    >
      <LoaderCircle size={18} aria-hidden className="mt-0.5 shrink-0 animate-spin text-accent" />
      <div>
        <p className="tabular text-section font-medium">{prepared.toLocaleString('en')} frozen so far</p>
        <p className="mt-1 text-muted">
          You can leave this page: it goes on, and the jobs tray tells when it is done.
        </p>
        {lost && <p className="mt-1 font-medium text-danger">The server does not answer. Trying again.</p>}
      </div>
    </div>
  )
}
