// The left rail. Under 1024 px it is a popover that the browser itself opens, so it works without scripts.
import {
  Activity,
  Bell,
  Contact,
  ClipboardCheck,
  Database,
  Diff,
  Fingerprint,
  Gauge,
  History,
  House,
  CalendarClock,
  ClipboardList,
  KeyRound,
  Palette,
  PackageCheck,
  Scale,
  SearchCheck,
  SlidersHorizontal,
  Ticket,
  TriangleAlert,
  UserCheck,
  Users,
  Waypoints,
} from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { may, type Actor } from '@/core/permissions'
import { CloseOnNavigation } from './close-on-navigation'
import { Mark } from './mark'
import { NavLink } from './nav-link'
import { opens, PLACES, type Place } from './navigation'

/** Of every place in the list of places. */
export const ICONS: Record<string, typeof House> = {
  '/': House,
  '/identities': Fingerprint,
  '/credentials': KeyRound,
  '/findings': TriangleAlert,
  '/score': Gauge,
  '/frameworks': Scale,
  '/evidence': PackageCheck,
  '/audits': SearchCheck,
  '/owners': UserCheck,
  '/people': Contact,
  '/campaigns': ClipboardList,
  '/exceptions': CalendarClock,
  '/reviews': ClipboardCheck,
  '/access': Waypoints,
  '/diff': Diff,
  '/sources': Database,
  '/activity': Activity,
  '/settings/members': Users,
  '/settings/tokens': Ticket,
  '/settings/policy': SlidersHorizontal,
  '/settings/notifications': Bell,
  '/settings/data': History,
  '/settings/appearance': Palette,
}

/** How many things wait at a place, by its address. Told up to 99. */
type Counts = Readonly<Record<string, number>>

function Places({ places, counts = {} }: { places: Place[]; counts?: Counts }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {places.map((place) => {
        const { href, title } = place
        const Icon = ICONS[href] ?? House
        const count = counts[href] ?? 0
        return (
          <li key={href}>
            <NavLink href={href} to={opens(place)} icon={<Icon size={16} aria-hidden className="shrink-0" />}>
              {title}
              {count > 0 && (
                <span className="tabular ml-auto rounded-full bg-sunken px-1.5 text-caption">
                  {count > 99 ? '99+' : count}
                  <span className="sr-only"> open</span>
                </span>
              )}
            </NavLink>
          </li>
        )
      })}
    </ul>
  )
}

export function Rail({ actor, counts }: { actor: Actor; counts: Counts }) {
  const places = PLACES.filter((place) => !place.needs || may(actor, place.needs))
  return (
    <div
      id="rail"
      popover="auto"
      className="inset-y-0 left-0 z-50 m-0 h-dvh w-(--rail) max-w-[85vw] overflow-y-auto border-0 border-r border-hairline bg-surface p-0 text-ink shadow-overlay backdrop:bg-ink/30 lg:fixed lg:block lg:shadow-none print:hidden"
    >
      <CloseOnNavigation id="rail" />
      <nav aria-label="Main">
        <Link
          href="/"
          className="flex h-(--bar) items-center gap-2.5 px-4 text-section font-semibold tracking-tight"
        >
          <Mark />
          Rollcall
        </Link>
        <div className="flex flex-col gap-5 px-2 py-2">
          <Places places={places.filter((place) => place.group === 'main')} counts={counts} />
          <div>
            <p className="mb-1 px-2.5 text-micro font-medium text-muted">Settings</p>
            <Places places={places.filter((place) => place.group === 'settings')} />
          </div>
        </div>
      </nav>
    </div>
  )
}
