// The SPIRE connector: a trust domain, as the command line of its server tells it in files.
import { defineConnector } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { explain, Refused } from './explain'
import { openOutput } from './import-output'
import { OUTPUT, spireManifest } from './manifest'
import { scopes } from './place'
import { sampleTransport } from './sample'
import type { SpireSettings } from './settings'
import { streams } from './streams'

export default defineConnector<SpireSettings>({
  manifest: spireManifest,
  open: () => ({
    async send() {
      throw new Refused({
        why: 'not-offered',
        detail: 'A SPIRE server is read from files only: import what its command line prints.',
      })
    },
    explain,
  }),
  async openFile(format, path) {
    if (format === OUTPUT) return await openOutput(path)
    throw new RollcallError('not-found', `SPIRE has no import format ${format}.`)
  },
  sample: () => sampleTransport(),
  scopes,
  streams,
})
