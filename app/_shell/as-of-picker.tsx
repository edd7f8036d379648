'use client'
// The clock of the console, in the top bar: now, or a moment of the past that every page then shows.
import { Clock, History } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useAddressMoment } from '@/app/_ui/address-moment'
import { atOtherMoment } from '@/app/_ui/keep-moment'
import { Link } from '@/app/_ui/link'
import { dayWords, secondWords } from '@/app/_ui/moment-words'
import { AsOfForm } from './as-of-form'
import { pastChoices } from './past-choices'

const POPOVER = 'as-of'
const close = () => document.getElementById(POPOVER)?.hidePopover()

function Choices({ now }: { now: Date }) {
  const [path, query] = [usePathname(), useSearchParams().toString()]
  const isPast = useAddressMoment() !== undefined
  const row =
    'flex min-h-8 items-center justify-between gap-3 rounded-md px-2.5 hover:bg-hover pointer-coarse:min-h-11'
  return (
    <ul className="flex flex-col border-t border-hairline pt-1.5">
      {isPast && (
        <li>
          <Link href={atOtherMoment(path, query)} toNow onClick={close} className={`${row} font-medium`}>
            Now
          </Link>
        </li>
      )}
      {pastChoices(now).map(({ title, asOf }) => (
        <li key={title}>
          <Link
            href={atOtherMoment(path, query, { asOf })}
            toNow
            prefetch={false}
            onClick={close}
            className={row}
          >
            {title} <span className="tabular text-caption text-muted">{dayWords(asOf)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/**
 * @param begins since when the past is kept, where there is such an instant
 * @param madeAt the server's clock: what can be chosen before the page has come alive
 */
export function AsOfPicker({ begins, madeAt }: { begins?: string; madeAt: string }) {
  const moment = useAddressMoment()
  const [now, setNow] = useState(() => new Date(madeAt))
  const Icon = moment ? History : Clock
  const look = moment ? 'border border-sev-medium bg-sev-medium-tint font-medium' : ''
  return (
    <>
      <button
        type="button"
        popoverTarget={POPOVER}
        aria-label={
          moment ? `As of ${secondWords(moment.valid)}. Choose a moment` : 'As of now. Choose a moment'
        }
        className={`inline-flex h-8 items-center gap-1.5 rounded-md px-2 whitespace-nowrap hover:bg-hover pointer-coarse:h-11 ${look}`}
      >
        <Icon size={16} aria-hidden className="shrink-0" />
        <span className="max-md:hidden">{moment ? dayWords(moment.valid) : 'Now'}</span>
      </button>
      <div
        id={POPOVER}
        popover="auto"
        onToggle={(event) => {
          if (event.newState !== 'open') return
          // What is yesterday changes while a page stands open.
          setNow(new Date())
          event.currentTarget.querySelector('input')?.focus()
        }}
        className="fixed inset-auto top-[calc(var(--bar)-2px)] right-3 z-50 m-0 w-80 max-w-[calc(100vw-24px)] rounded-lg border border-hairline bg-raised p-1.5 text-ui text-ink shadow-overlay"
      >
        <h2 className="px-2.5 py-1.5 font-semibold">Show what was known at</h2>
        <AsOfForm close={close} begins={begins} />
        <Choices now={now} />
      </div>
    </>
  )
}
