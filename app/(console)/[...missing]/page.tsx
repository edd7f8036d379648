// Any other address: signed-in people get the page that says there is nothing, others are asked to sign in first.
import { notFound } from 'next/navigation'
import { requireActor } from '@/app/_session/actor'

export default async function MissingPage() {
  await requireActor()
  notFound()
}
