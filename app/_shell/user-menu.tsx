// Who is signed in, how the pages look, and the way out.
import { Check, CircleUser, LogOut } from 'lucide-react'
import { may, type Actor } from '@/core/permissions'
import { auditorWords } from './auditor-words'
import type { Preferences } from '../_session/preferences'
import { setPreference } from '../_session/set-preference'
import { signOut } from '../_session/sign-out'

const THEMES = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const

export function UserMenu({ actor, theme }: { actor: Actor; theme: Preferences['theme'] }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="user-menu"
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-ui hover:bg-hover pointer-coarse:h-11"
      >
        <CircleUser size={16} aria-hidden className="shrink-0" />
        <span className="max-w-32 truncate max-sm:sr-only">{actor.name}</span>
      </button>
      <div
        id="user-menu"
        popover="auto"
        className="fixed inset-auto top-[calc(var(--bar)-2px)] right-3 z-50 m-0 w-64 rounded-lg border border-hairline bg-raised p-1.5 text-ink shadow-overlay"
      >
        <div className="px-2.5 py-1.5">
          <p className="truncate font-medium">{actor.name}</p>
          {actor.email && <p className="truncate text-caption text-muted">{actor.email}</p>}
          <p className="text-caption text-muted">
            {auditorWords(actor) ?? `Role: ${actor.role}${may(actor, 'source:manage') ? '' : ' (limited)'}`}
          </p>
        </div>
        <form action={setPreference} className="border-t border-hairline py-1.5">
          <p id="theme-title" className="px-2.5 py-1 text-micro font-medium text-muted">
            Theme
          </p>
          <div role="group" aria-labelledby="theme-title" className="flex flex-col">
            {THEMES.map(({ value, title }) => (
              <button
                key={value}
                type="submit"
                name="theme"
                value={value}
                aria-pressed={theme === value}
                className="flex h-8 items-center justify-between rounded-md px-2.5 text-left hover:bg-hover"
              >
                {title}
                {theme === value && <Check size={14} aria-hidden />}
              </button>
            ))}
          </div>
        </form>
        <form action={signOut} className="border-t border-hairline pt-1.5">
          <button
            type="submit"
            className="flex h-8 w-full items-center gap-2 rounded-md px-2.5 hover:bg-hover"
          >
            <LogOut size={14} aria-hidden />
            Sign out
          </button>
        </form>
      </div>
    </>
  )
}
