'use client'
// Says that a delegation was ended, and takes it back.
import { UndoLast } from '@/app/_form/undo-last'
import { undoEnd } from './actions'

export const UndoEnd = () => <UndoLast undo={undoEnd} />
