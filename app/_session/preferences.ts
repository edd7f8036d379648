// How a person likes to see the pages. Kept in cookies, so that the first byte is already right.
import { cookies } from 'next/headers'
import { z } from 'zod'

export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['compact', 'default', 'comfortable']).catch('default'),
  /** Single-letter keyboard shortcuts. */
  shortcuts: z.enum(['on', 'off']).catch('on'),
})
export type Preferences = z.infer<typeof Preferences>
export type PreferenceName = keyof Preferences

export async function preferences(): Promise<Preferences> {
  const jar = await cookies()
  const read = (name: PreferenceName) => jar.get(`rollcall-${name}`)?.value
  return Preferences.parse({ theme: read('theme'), density: read('density'), shortcuts: read('shortcuts') })
}
