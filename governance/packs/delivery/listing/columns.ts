// The columns of the list of deliveries as a file.
import type { Column } from '@/inventory/queries/columns'
import type { DeliveryView } from './delivery-view'
import { deliveryStanding } from './standing'

const of = (
  key: string,
  title: string,
  csv: (row: DeliveryView) => string,
  always?: true,
): Column<DeliveryView> => ({ key, title, csv, ...(always && { always }) })

export const deliveryColumns: readonly Column<DeliveryView>[] = [
  of('id', 'Id', (r) => r.id, true),
  of('title', 'Title', (r) => r.title),
  of('every', 'Every', (r) => r.every),
  of('waitHours', 'Hours after its end', (r) => String(r.waitHours)),
  of('place', 'Where to', (r) => r.place ?? ''),
  of('as', 'Asks as', (r) => r.as.name),
  of('tell', 'Told', (r) => r.tell.map(({ email }) => email).join(' ')),
  of('standing', 'How it stands', deliveryStanding),
  of('next', 'Next due', (r) => r.next?.due ?? ''),
  of('last', 'Last delivered', (r) => r.last?.endedAt ?? ''),
  of('lastName', 'Its file', (r) => r.last?.name ?? ''),
  of('lastSha256', 'Its SHA-256', (r) => r.last?.sha256 ?? ''),
  of('delivered', 'Delivered', (r) => String(r.delivered)),
  of('dead', 'Given up', (r) => String(r.dead)),
  of('paused', 'Stands still since', (r) => r.paused?.at ?? ''),
]
