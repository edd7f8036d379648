// The thirteen laws, by name. Each is a plain function that throws, so that it can be shown to catch a bug.
import type { Law } from './law'
import { cancel } from './laws/cancel'
import { deletion } from './laws/deletion'
import { empty } from './laws/empty'
import { exhaustion } from './laws/exhaustion'
import { faultMatrix } from './laws/fault-matrix'
import { golden } from './laws/golden'
import { idempotence } from './laws/idempotence'
import { joins } from './laws/joins'
import { leastPrivilege } from './laws/least-privilege'
import { memory } from './laws/memory'
import { order } from './laws/order'
import { paper } from './laws/paper'
import { shape } from './laws/shape'
import type { LawName } from './world'

export const laws: Record<LawName, Law> = {
  golden,
  shape,
  exhaustion,
  order,
  idempotence,
  'fault-matrix': faultMatrix,
  memory,
  deletion,
  'least-privilege': leastPrivilege,
  cancel,
  empty,
  paper,
  joins,
}
