// Types of no real source, and what holds of them: for tests of what is read by the words of manifests.
import type { Manifest, OfType } from '@/core/connector'

const TYPES: Record<string, OfType> = {
  'demo.robot': {
    own: true,
    closed: true,
    gone: ['GONE*'],
    people: ['person:*'],
    ownersBecome: ['owner'],
    defaults: ['*/default'],
    place: ['^([^/]+)/'],
  },
  'demo.shadow': {},
  'demo.key': { toldBy: ['keys'], alternative: 'a borrowed identity' },
  'demo.password': { signsIn: true, toldBy: ['passwords'] },
  'demo.old-token': { supersededBy: 'newer tokens' },
  'demo.machine': { runBy: ['machines.demo'] },
  'demo.profile': { handsOn: true },
  'demo.item': { store: true },
  'demo.copier': { copyOf: ['demo.path'] },
  'demo.secret': {},
  'demo.binding': { place: [' on (.+)$'] },
}
/** To take the place of the manifests of this installation. */
export const demoManifests = (): Manifest[] => [
  {
    types: Object.fromEntries(Object.keys(TYPES).map((type) => [type, type])),
    ofType: TYPES,
  } as unknown as Manifest,
]
