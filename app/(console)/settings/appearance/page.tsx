// How the pages look and react for this browser.
import type { Metadata } from 'next'
import { requireActor } from '@/app/_session/actor'
import { preferences, type PreferenceName } from '@/app/_session/preferences'
import { setPreference } from '@/app/_session/set-preference'
import { buttonClass } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'

export const metadata: Metadata = { title: 'Appearance' }

type Choice = { name: PreferenceName; title: string; hint: string; options: [string, string][] }
const CHOICES: Choice[] = [
  {
    name: 'theme',
    title: 'Theme',
    hint: 'System follows what your device is set to.',
    options: [
      ['system', 'System'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  },
  {
    name: 'density',
    title: 'Rows',
    hint: 'How much room a row of a list takes.',
    options: [
      ['compact', 'Compact'],
      ['default', 'Default'],
      ['comfortable', 'Comfortable'],
    ],
  },
  {
    name: 'shortcuts',
    title: 'Single-letter shortcuts',
    hint: 'Ctrl K always works.',
    options: [
      ['on', 'On'],
      ['off', 'Off'],
    ],
  },
]

export default async function AppearancePage() {
  await requireActor()
  const chosen = await preferences()
  return (
    <Page
      title="Appearance"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      lead="Kept in this browser."
      narrow
    >
      <form action={setPreference} className="flex flex-col gap-6">
        {CHOICES.map(({ name, title, hint, options }) => (
          <fieldset key={name}>
            <legend className="font-medium">{title}</legend>
            <p className="mb-2 text-caption text-muted">{hint}</p>
            <div className="flex flex-wrap gap-x-6 gap-y-2">
              {options.map(([value, word]) => (
                <label key={value} className="inline-flex min-h-6 items-center gap-2">
                  <input
                    key={String(chosen[name] === value)}
                    type="radio"
                    name={name}
                    value={value}
                    defaultChecked={chosen[name] === value}
                    className="size-4"
                  />
                  {word}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <div>
          <button type="submit" className={buttonClass('primary')}>
            Save
          </button>
        </div>
      </form>
    </Page>
  )
}
