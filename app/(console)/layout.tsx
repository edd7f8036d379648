// The shell around every page of the console. Pages guard themselves too: a layout does not run again on each visit.
import type { ReactNode } from 'react'
import { may } from '@/core/permissions'
import { openReviews } from '@/governance/campaigns/reviewing/open-reviews'
import { historyBegins } from '@/inventory/moment/history-begins'
import { requireActor } from '../_session/actor'
import { preferences } from '../_session/preferences'
import { AsOfBanner } from '../_shell/as-of-banner'
import { AuditorLine } from '../_shell/auditor-line'
import { HelpDialog } from '../_shell/help-dialog'
import { opens, PAGES, PLACES } from '../_shell/navigation'
import { Palette } from '../_shell/palette'
import { PresentOnly } from '../_shell/present-only'
import { Rail } from '../_shell/rail'
import { SampleRibbon } from '../_shell/sample-ribbon'
import { Shortcuts } from '../_shell/shortcuts'
import { TopBar } from '../_shell/top-bar'
import { Watermark } from '../_shell/watermark'
import { LiveRegion } from '../_ui/announce'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const chosen = await preferences()
  const isOpen = ({ needs }: Pick<(typeof PLACES)[number], 'needs'>) => !needs || may(actor, needs)
  const places = PLACES.filter(isOpen)
  const keys = Object.fromEntries(places.flatMap((place) => (place.key ? [[place.key, opens(place)]] : [])))
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-[60] -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail actor={actor} counts={{ '/reviews': await openReviews(actor) }} />
      <div className="lg:pl-(--rail) print:pl-0">
        <TopBar actor={actor} preferences={chosen} historyBegins={await historyBegins()} />
        <AuditorLine actor={actor} />
        <AsOfBanner />
        <SampleRibbon actor={actor} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-420 px-4 py-5 focus:outline-none sm:px-6">
          <PresentOnly>{children}</PresentOnly>
        </main>
      </div>
      <Palette
        places={[...places, ...PAGES.filter(isOpen)].map((place) => ({
          href: opens(place),
          title: place.title,
        }))}
      />
      <HelpDialog places={places} />
      <Shortcuts enabled={chosen.shortcuts === 'on'} places={keys} />
      <LiveRegion />
      <Watermark actor={actor} />
    </>
  )
}
