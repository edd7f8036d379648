// The words that names are made of. Plain nouns, and nobody's trade marks.

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

export const PRODUCTS = list(`
  payments ledger checkout catalog search identity billing pricing orders shipping inventory returns loyalty mail
  notify profile session gateway edge media video image audit risk fraud score claims policy quote portal mobile
  desktop partner market campaign segment report insight metrics tracing logging alert backup restore archive index
  crawler import export convert render print forms survey support ticket chat voice calendar people payroll travel`)

export const PARTS = list(`
  api worker writer reader sync batch stream relay proxy cache queue cron job runner deploy build release scan probe
  agent bridge loader indexer mailer resolver broker monitor collector exporter importer cleaner rotator signer
  verifier scheduler dispatcher replicator snapshot migrator watcher`)

export const TEAM_WORDS = list(`
  harbor lantern falcon juniper basalt meadow copper comet willow granite raven cobalt thistle summit delta ember
  marble otter quartz saffron timber violet walnut zephyr anchor birch cedar drift fjord garnet hollow iris`)

export const FIRST_NAMES = list(`
  ada ben cora dan elif finn gita hugo ines jan kira liam mona nils olga paul rosa sven tara umut vera wim xenia yusuf
  zoe amir bea carl dora emil`)

export const LAST_NAMES = list(`
  adler bauer costa duarte eriksen fischer gruber haas ivanov jansen keller lopez meyer novak olsen petrov quinn rossi
  santos tanaka urban vogel weber yilmaz zimmer arnold becker conti dietz evans`)

export const SERVICES = list(`
  objects queues tables functions messages images certificates networks volumes databases workflows models`)
export const REGIONS = list('north-1 north-2 west-1 west-2 east-1 south-1')
export const ACTIONS = list('Assume AssumeWithToken TagSession PassOn')

/** What the provider offers everywhere, under the same name. */
export const OFFERED_ENTITLEMENTS = [
  'Administrator',
  'PowerUser',
  'ReadOnly',
  'SecurityAudit',
  'BillingRead',
  'SupportUser',
  ...SERVICES.flatMap((service) => {
    const name = service[0]!.toUpperCase() + service.slice(1)
    return [`${name}FullAccess`, `${name}Contributor`, `${name}ReadOnly`]
  }),
]
