// A process that freezes the population of a campaign, for tests: one that can be killed, or is given little memory.
import { prepareCampaign } from '@/governance/campaigns/prepare'

const ready = await prepareCampaign(process.argv[2] ?? '', new AbortController().signal)
process.stdout.write(ready ? 'ready\n' : 'taken back\n', () => process.exit(0))
