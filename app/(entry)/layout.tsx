// The frame of the pages that need no session: signing in, and the first run.
import type { ReactNode } from 'react'
import { Mark } from '../_shell/mark'
import { LiveRegion } from '../_ui/announce'

export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-surface">
      <header className="flex h-(--bar) items-center gap-2.5 px-4 text-section font-semibold tracking-tight sm:px-6">
        <Mark />
        Rollcall
      </header>
      <main className="flex flex-1 flex-col items-center px-4 py-8 sm:pt-[10vh]">{children}</main>
      <LiveRegion />
    </div>
  )
}
