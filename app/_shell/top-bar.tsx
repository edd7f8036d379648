// The bar over every page: the moment shown, where to search, what is running, help, and who is signed in.
import { CircleHelp, Menu, Search } from 'lucide-react'
import type { Actor } from '@/core/permissions'
import { may } from '@/core/permissions'
import type { Preferences } from '../_session/preferences'
import { AsOfPicker } from './as-of-picker'
import { JobsTray } from './jobs-tray'
import { OpenDialog } from './open-dialog'
import { UserMenu } from './user-menu'

type Props = { actor: Actor; preferences: Preferences; historyBegins?: string }
export function TopBar({ actor, preferences, historyBegins }: Props) {
  return (
    <header className="sticky top-0 z-20 flex h-(--bar) items-center justify-between gap-2 border-b border-hairline bg-bg px-3 lg:pl-6 print:hidden">
      <button
        type="button"
        popoverTarget="rail"
        aria-label="Open navigation"
        className="inline-flex size-8 items-center justify-center rounded-md hover:bg-hover lg:invisible pointer-coarse:size-11"
      >
        <Menu size={18} aria-hidden />
      </button>
      <div className="flex items-center gap-1">
        <AsOfPicker begins={historyBegins} madeAt={new Date().toISOString()} />
        <OpenDialog
          dialog="palette"
          className="gap-2 border border-hairline px-2.5 text-muted max-sm:border-0 max-sm:px-2"
        >
          <Search size={15} aria-hidden />
          <span className="max-sm:sr-only">Search</span>
          <kbd className="ml-2 rounded-sm border border-hairline px-1 font-sans text-micro max-md:hidden">
            Ctrl K
          </kbd>
        </OpenDialog>
        {may(actor, 'source:read') && <JobsTray actor={actor} />}
        <OpenDialog dialog="help" label="Help and keyboard shortcuts" className="px-2">
          <CircleHelp size={16} aria-hidden />
        </OpenDialog>
        <UserMenu actor={actor} theme={preferences.theme} />
      </div>
    </header>
  )
}
